package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.CopiedWindows.at;
import static io.tidegate.scheduler.dispatch.CopiedWindows.receipt;
import static io.tidegate.scheduler.dispatch.CopiedWindows.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.dispatch.CopiedWindows.Copy;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.late.LateFilter;
import io.tidegate.scheduler.late.LateLedger;
import io.tidegate.scheduler.late.LateRecord;
import io.tidegate.scheduler.late.LateState;
import io.tidegate.scheduler.late.LateSummary;
import io.tidegate.scheduler.late.LateSummary.MissingRange;
import io.tidegate.scheduler.testrun.NewTestRun;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of late records, and what the next plan learns of it. */
class LateLedgerTest {
    private final CopiedWindows copies = new CopiedWindows();

    @AfterEach
    void close() {
        copies.close();
    }

    @Test
    void a_window_learns_how_far_the_one_before_it_was_read() {
        copies.copies("11:00", Copy.upTo(100).and(1, 40));
        assertThat(copies.lastAsked()).isEqualTo(WindowHistory.NONE);

        copies.copies("12:00", Copy.upTo(200));
        assertThat(copies.lastAsked()).isEqualTo(new WindowHistory(Map.of(0, 100L, 1, 40L), true, Map.of(), Map.of()));

        // A rerun reads at least as far as the copy it replaces.
        copies.copiesAgain("12:00", Copy.upTo(250));
        assertThat(copies.lastAsked())
                .isEqualTo(new WindowHistory(Map.of(0, 100L, 1, 40L), true, Map.of(0, 200L), Map.of()));
    }

    @Test
    void a_test_run_is_no_copy_of_its_window() {
        copies.copies("11:00", Copy.upTo(100));
        TestRuns testRuns = new TestRuns(
                copies.world.jdbi, copies.world.workspaces, copies.world.nodes, copies.world.audit, copies.world.clock);
        copies.world.runner.next((request, journal, cancellation) -> {
            Instance instance = copies.instance("11:00");
            Copy further = Copy.upTo(300).finding(run(0, 150, 160, "09:30"));
            PreparedCommit prepared =
                    new PreparedCommit("upload", List.of(), receipt(instance, further), further.found());
            journal.prepared(prepared);
            return new RunOutcome.Succeeded(prepared.receipt(), prepared.late());
        });
        // As every test run in a workspace that has no DEV.
        copies.world.jdbi.useHandle(handle -> handle.execute("UPDATE workspace SET mode = 'BASIC'"));
        InstanceId tried = testRuns.start(
                copies.instance("11:00").nodeId(),
                new NewTestRun(NewTestRun.Code.COMMITTED, null, LocalDate.of(2022, 11, 21), null, Map.of()),
                copies.world.anna);
        copies.world.settle();
        assertThat(copies.world.state(tried)).isEqualTo(InstanceState.SUCCESS);
        assertThat(copies.world.detail(tried).instance().environment()).isEqualTo(Environment.PROD);

        assertThat(copies.ledger()).isEmpty();
        copies.copies("12:00", Copy.upTo(200));
        assertThat(copies.lastAsked()).isEqualTo(new WindowHistory(Map.of(0, 100L), true, Map.of(), Map.of()));
    }

    @Test
    void behind_a_window_that_failed_the_nearest_copied_one_is_told_and_is_not_adjacent() {
        copies.copies("11:00", Copy.upTo(100));
        copies.world.clock.setLocal("2022-11-22T12:00");
        copies.world.runner.nextFails(false);
        copies.world.settle();

        copies.copies("13:00", Copy.upTo(300));

        assertThat(copies.lastAsked()).isEqualTo(new WindowHistory(Map.of(0, 100L), false, Map.of(), Map.of()));
    }

    @Test
    void a_late_record_is_missing_from_its_window_until_that_is_run_again_far_enough() {
        InstanceId eleven = copies.copies("11:00", Copy.upTo(100));
        InstanceId twelve = copies.copies("12:00", Copy.upTo(200).finding(run(0, 120, 122, "10:30")));

        assertThat(copies.summary("11:00"))
                .isEqualTo(new LateSummary(
                        3,
                        0,
                        0,
                        at("12:00"),
                        true,
                        List.of(new MissingRange(0, 3, 120, 122)),
                        copies.summary("11:00").foundBy()));
        assertThat(copies.summary("11:00").foundBy()).extracting(r -> r.id()).containsExactly(twelve);
        assertThat(copies.late.of(twelve)).isEmpty();
        assertThat(copies.late.missingAmong(List.of(eleven, twelve))).isEqualTo(Map.of(eleven, 3L));
        assertThat(copies.ledger())
                .extracting(LateRecord::state, LateRecord::instanceId, LateRecord::foundBy, LateRecord::missing)
                .containsExactly(tuple(LateState.MISSING, eleven, twelve, 3L));

        // It was told where to read to, and read only a part: 122 is still missing.
        copies.copiesAgain("11:00", Copy.upTo(122));
        assertThat(copies.lastAsked().reach()).isEqualTo(Map.of(0, 123L));
        assertThat(copies.summary("11:00").missing()).isEqualTo(1);
        assertThat(copies.summary("11:00").partitions()).containsExactly(new MissingRange(0, 1, 122, 122));

        copies.copiesAgain("11:00", Copy.upTo(123));
        assertThat(copies.summary("11:00")).isEqualTo(new LateSummary(0, 3, 0, null, true, List.of(), List.of()));
        assertThat(copies.states()).containsExactly(LateState.REPAIRED);
        assertThat(copies.late.missingAmong(List.of(eleven))).isEmpty();
    }

    @Test
    void one_scan_may_find_records_of_several_windows_and_of_none() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200));
        copies.copies(
                "13:00",
                Copy.upTo(300)
                        .finding(
                                run(0, 210, 210, "10:00"),
                                run(0, 211, 213, "11:59:59.999"),
                                run(0, 220, 220, "09:59:59.999")));

        assertThat(copies.summary("11:00").missing()).isEqualTo(1);
        assertThat(copies.summary("12:00").missing()).isEqualTo(3);
        assertThat(copies.states()).containsExactly(LateState.MISSING, LateState.MISSING, LateState.NO_WINDOW);
    }

    @Test
    void finding_the_same_again_adds_nothing() {
        copies.copies("11:00", Copy.upTo(100));
        Copy copy = Copy.upTo(200).finding(run(0, 120, 122, "10:30"), run(0, 130, 130, "10:31"));
        copies.copies("12:00", copy);
        List<LateRecord> before = copies.ledger();

        copies.copiesAgain("12:00", copy);

        assertThat(copies.ledger()).isEqualTo(before).hasSize(2);
    }

    @Test
    void scans_that_overlap_add_only_what_is_new() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).finding(run(0, 120, 122, "10:30"), run(0, 126, 128, "10:30")));

        copies.copiesAgain("12:00", Copy.upTo(210).finding(run(0, 119, 130, "10:30"), run(1, 119, 130, "10:30")));

        assertThat(copies.ledger())
                .extracting(LateRecord::partition, LateRecord::firstOffset, LateRecord::lastOffset)
                .containsExactlyInAnyOrder(
                        tuple(0, 119L, 119L),
                        tuple(0, 120L, 122L),
                        tuple(0, 123L, 125L),
                        tuple(0, 126L, 128L),
                        tuple(0, 129L, 130L),
                        tuple(1, 119L, 130L));
        assertThat(copies.summary("11:00").missing()).isEqualTo(24);
    }

    @Test
    void whatever_scans_overlap_each_offset_is_counted_once() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Instance instance = copies.world.of(CopiedWindows.NODE).get(0);
        LateLedger ledger = new LateLedger(copies.world.jdbi, copies.world.clock);
        copies.copies("11:00", Copy.upTo(100));
        var attempt =
                copies.world.attempts(copies.instance("11:00").id()).get(0).id();
        TreeSet<Long> known = new TreeSet<>();
        for (int scan = 0; scan < 40; scan++) {
            List<LateRun> runs = new ArrayList<>();
            for (long offset = random.nextInt(20); offset < 200; offset += 1 + random.nextInt(30)) {
                long last = offset + random.nextInt(12);
                runs.add(run(0, offset, last, "08:30"));
                for (long o = offset; o <= last; o++) {
                    known.add(o);
                }
                offset = last + 1;
            }
            copies.world.jdbi.useTransaction(
                    handle -> ledger.keep(handle, instance.id(), attempt, receipt(instance, Copy.upTo(1000)), runs));
        }

        TreeSet<Long> kept = new TreeSet<>();
        long records = 0;
        for (LateRecord row : copies.ledger()) {
            records += row.records();
            for (long o = row.firstOffset(); o <= row.lastOffset(); o++) {
                kept.add(o);
            }
        }
        assertThat(kept).as("seed " + seed).isEqualTo(known);
        assertThat(records).as("seed " + seed).isEqualTo(known.size());
    }

    @Test
    void scans_that_end_side_by_side_add_no_offset_twice() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200));
        LateLedger ledger = new LateLedger(copies.world.jdbi, copies.world.clock);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Instance instance = copies.instance(i % 2 == 0 ? "11:00" : "12:00");
            var attempt = copies.world.attempts(instance.id()).get(0).id();
            LateRun found = run(0, 300 + i, 320 - i, "09:30");
            ends.add(CompletableFuture.runAsync(() -> copies.world.jdbi.useTransaction(handle ->
                    ledger.keep(handle, instance.id(), attempt, receipt(instance, Copy.upTo(400)), List.of(found)))));
        }
        ends.forEach(CompletableFuture::join);

        assertThat(copies.ledger().stream().mapToLong(LateRecord::records).sum())
                .isEqualTo(21);
    }

    @Test
    void a_backfill_of_a_window_counts_as_its_copy() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).finding(run(0, 120, 122, "10:30")));
        Instance eleven = copies.instance("11:00");
        assertThat(copies.summary("11:00").missing()).isEqualTo(3);

        copies.world.runner.next((request, journal, cancellation) -> {
            copies.asked.add(journal.history("orders", "id-1", at("10:00"), at("11:00")));
            return new RunOutcome.Succeeded(receipt(eleven, Copy.upTo(123)));
        });
        copies.world.backfills.create(
                copies.world.workspace.id(),
                NewBackfill.between(null, List.of(eleven.nodeId()), eleven.scheduledLocal(), eleven.scheduledLocal()),
                copies.world.anna);
        copies.world.settle();

        assertThat(copies.lastAsked().reach()).isEqualTo(Map.of(0, 123L));
        assertThat(copies.summary("11:00").missing()).isZero();
        Instance backfilled = copies.world
                .instances
                .list(
                        copies.world.workspace.id(),
                        new InstanceFilter(
                                Environment.PROD,
                                java.util.Set.of(InstanceState.SUCCESS),
                                null,
                                Origin.BACKFILL,
                                null,
                                null,
                                null),
                        null,
                        10)
                .items()
                .get(0);
        assertThat(copies.ledger()).extracting(LateRecord::instanceId).containsExactly(backfilled.id());
        assertThat(copies.late.of(backfilled.id()).orElseThrow().repaired()).isEqualTo(3);

        copies.copiesAgain("12:00", Copy.upTo(200));
        assertThat(copies.lastAsked().readUpTo()).as("the newest copy").isEqualTo(Map.of(0, 123L));
    }

    @Test
    void what_is_known_of_a_topic_that_was_made_anew_is_left_out() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).finding(run(0, 120, 122, "10:30")));

        copies.copies("13:00", Copy.upTo(5).ofTopic("id-2"));
        assertThat(copies.lastAsked()).isEqualTo(WindowHistory.NONE);
        assertThat(copies.states()).containsExactly(LateState.MISSING);

        copies.copiesAgain("11:00", Copy.upTo(3).ofTopic("id-2"));
        assertThat(copies.lastAsked()).isEqualTo(WindowHistory.NONE);
        assertThat(copies.states()).containsExactly(LateState.TOPIC_GONE);
        assertThat(copies.late.of(copies.instance("11:00").id())).isEmpty();
    }

    @Test
    void where_brokers_tell_no_topic_id_the_name_is_all_there_is() {
        copies.copies("11:00", Copy.upTo(100).ofTopic(null));
        copies.copies("12:00", Copy.upTo(200).ofTopic(null).finding(run(0, 120, 122, "10:30")));

        assertThat(copies.lastAsked().readUpTo()).isEqualTo(Map.of(0, 100L));
        assertThat(copies.summary("11:00").missing()).isEqualTo(3);
    }

    @Test
    void what_was_included_elsewhere_is_not_missing_and_not_read_again() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies(
                "12:00",
                Copy.upTo(200).with(LatePolicy.INCLUDE).lateFrom(0, 100).finding(run(0, 120, 122, "10:30")));

        assertThat(copies.summary("11:00").missing()).isZero();
        assertThat(copies.summary("11:00").included()).isEqualTo(3);
        assertThat(copies.states()).containsExactly(LateState.INCLUDED);

        copies.copiesAgain("11:00", Copy.upTo(100));
        assertThat(copies.lastAsked()).isEqualTo(new WindowHistory(Map.of(), false, Map.of(0, 100L), Map.of(0, 100L)));
    }

    @Test
    void another_node_of_the_same_topic_has_a_history_of_its_own() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).finding(run(0, 120, 122, "10:30")));
        copies.world.deploy("other", World.hourly(30));
        copies.world.plan();
        Instance other = copies.world.of("other").get(0);

        assertThat(new LateLedger(copies.world.jdbi, copies.world.clock)
                        .history(other.id(), "orders", "id-1", at("11:00"), at("12:00")))
                .isEqualTo(WindowHistory.NONE);
    }

    @Test
    void an_attempt_that_lost_its_lease_leaves_nothing_in_the_ledger() {
        copies.copies("11:00", Copy.upTo(100));
        copies.world.runner.next((request, journal, cancellation) -> {
            copies.world.clock.advance(Duration.ofSeconds(61));
            copies.world.recovery.tick();
            return new RunOutcome.Succeeded(
                    receipt(copies.instance("12:00"), Copy.upTo(200)), List.of(run(0, 120, 122, "10:30")));
        });
        copies.world.clock.setLocal("2022-11-22T12:00");
        copies.world.opener.tick();
        copies.world.worker("zombie").tick();

        assertThat(copies.ledger()).isEmpty();
        assertThat(copies.world.number("SELECT count(*) FROM window_copy")).isEqualTo(1);
    }

    @Test
    void who_takes_over_a_prepared_commit_gets_its_late_records_and_they_are_kept_once() {
        copies.copies("11:00", Copy.upTo(100));
        LateRun run = run(0, 120, 122, "10:30");
        copies.world
                .runner
                .next((request, journal, cancellation) -> {
                    journal.prepared(new PreparedCommit(
                            "upload", List.of(), receipt(copies.instance("12:00"), Copy.upTo(200)), List.of(run)));
                    throw new FencedException("as if the machine had been switched off here");
                })
                .next((request, journal, cancellation) -> {
                    PreparedCommit prepared = Objects.requireNonNull(request.prepared());
                    return new RunOutcome.Succeeded(prepared.receipt(), prepared.late());
                });
        copies.world.clock.setLocal("2022-11-22T12:00");
        copies.world.opener.tick();
        copies.world.worker("first").tick();
        copies.world.clock.advance(Duration.ofSeconds(61));
        copies.world.settle();

        assertThat(copies.instance("12:00").state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(copies.summary("11:00").missing()).isEqualTo(3);
        copies.copies("13:00", Copy.upTo(300).finding(run(0, 220, 220, "10:30")));
        assertThat(
                        copies.world.number(
                                "SELECT count(*) FROM attempt WHERE state = 'SUCCEEDED' AND jsonb_array_length(prepared -> 'late') > 0"))
                .as("kept in the ledger instead")
                .isZero();
    }

    @Test
    void pages_of_the_ledger_meet_without_gap_and_can_show_what_is_open_only() {
        copies.copies("11:00", Copy.upTo(100));
        LateRun[] runs = new LateRun[25];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = run(0, 110 + 2 * i, 110 + 2 * i, "10:30");
        }
        copies.copies("12:00", Copy.upTo(200).finding(runs));
        LateFilter all =
                new LateFilter(Environment.PROD, copies.instance("11:00").nodeId(), false);
        LateFilter open = new LateFilter(Environment.PROD, null, true);

        var first = copies.late.list(copies.world.workspace.id(), all, null, 10);
        var second = copies.late.list(copies.world.workspace.id(), all, first.next(), 10);
        var third = copies.late.list(copies.world.workspace.id(), all, second.next(), 10);
        assertThat(List.of(first, second, third).stream()
                        .flatMap(p -> p.items().stream())
                        .map(LateRecord::firstOffset))
                .doesNotHaveDuplicates()
                .hasSize(25);
        assertThat(third.next()).isNull();
        assertThatThrownBy(() -> copies.late.list(copies.world.workspace.id(), all, "x", 10))
                .isInstanceOf(InvalidInputException.class);

        assertThat(copies.late
                        .list(copies.world.workspace.id(), open, null, 100)
                        .items())
                .hasSize(25);
        copies.copiesAgain("11:00", Copy.upTo(130));
        assertThat(copies.late
                        .list(copies.world.workspace.id(), open, null, 100)
                        .items())
                .hasSize(15);
        assertThat(copies.late
                        .list(copies.world.workspace.id(), new LateFilter(Environment.DEV, null, false), null, 100)
                        .items())
                .isEmpty();
    }

    @Test
    void what_is_open_is_found_behind_any_number_that_is_not() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).finding(run(0, 110, 110, "10:30")));
        // Newer ones, more than one page looks at.
        copies.world.jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO late_record (environment, workspace_id, node_id, topic, topic_id, partition, first_offset, last_offset,
                                         min_timestamp, max_timestamp, policy, found_at)
                SELECT environment, workspace_id, node_id, topic, topic_id, partition, 1000 + s, 1000 + s, min_timestamp,
                       max_timestamp, 'INCLUDE', found_at
                FROM late_record, generate_series(1, 2500) AS s ORDER BY s"""));
        LateFilter open = new LateFilter(Environment.PROD, null, true);

        var first = copies.late.list(copies.world.workspace.id(), open, null, 100);
        var second = copies.late.list(copies.world.workspace.id(), open, first.next(), 100);

        assertThat(first.items()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(second.items()).extracting(LateRecord::firstOffset).containsExactly(110L);
        assertThat(second.next()).isNull();
    }
}
