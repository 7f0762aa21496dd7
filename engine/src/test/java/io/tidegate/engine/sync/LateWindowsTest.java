package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static io.tidegate.engine.sync.Copies.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.PlanOutdatedException;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Windows one after the other, and records that come when their window has already been copied. */
class LateWindowsTest {
    private static final Instant ELEVEN = TEN.plus(Duration.ofHours(1));

    /** 09:00 to 10:00 and so on: the windows of one day, each in its partition of the table. */
    private static Copies hour(Copies copies, int hour) {
        Instant end = NINE.plus(Duration.ofHours(hour - 8L));
        return copies.with("/steps/0/parameter/beginDateTime", "\"20260110%02d0000\"".formatted(hour))
                .with("/steps/0/parameter/endDateTime", "\"20260110%02d0000\"".formatted(hour + 1))
                .with("/steps/1/parameter/partition", "\"ds=20260110%02d\"".formatted(hour))
                .withClock(InstantSource.fixed(end.plusSeconds(900)));
    }

    private static Copies policy(Copies copies, LatePolicy policy) {
        return copies.with(
                "/steps/0/parameter/latePolicy", '"' + policy.name().toLowerCase(java.util.Locale.ROOT) + '"');
    }

    private static RunOutcome.Succeeded succeeded(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
        return (RunOutcome.Succeeded) outcome;
    }

    private static Receipt copied(Copies copies, int hour, WindowHistory history) {
        return Objects.requireNonNull(succeeded(hour(copies, hour).run(new RecordedJournal().withHistory(history)))
                .receipt());
    }

    private static Map<Integer, Long> ends(Receipt receipt) {
        Map<Integer, Long> ends = new HashMap<>();
        receipt.partitions().forEach(p -> ends.put(p.partition(), p.end()));
        return ends;
    }

    private static WindowHistory after(Receipt before) {
        return new WindowHistory(ends(before), true, Map.of(), Map.of());
    }

    private static LateReceipt late(Receipt receipt) {
        return Objects.requireNonNull(receipt.late());
    }

    private static List<String> rows(Copies copies, int hour) throws Exception {
        return new ArrayList<>(
                Copies.sql("SELECT CONCAT(CAST(p AS STRING), ':', CAST(o AS STRING)) FROM %s WHERE ds='20260110%02d';"
                        .formatted(copies.table, hour)));
    }

    private static LateRun run(int partition, long first, long last, Instant time) {
        return new LateRun(partition, first, last, time, time);
    }

    /** The window of nine is copied up to offset 2; three of its records come behind, one of them before any of ten. */
    private static Copies nineCopiedThenLate() throws Exception {
        return nineCopiedThenLate(Map.of());
    }

    private static Copies nineCopiedThenLate(Map<String, String> topicConfig) throws Exception {
        return Copies.of(1, topicConfig)
                .order(0, NINE, "1")
                .order(0, NINE.plusSeconds(1800), "2")
                .flush();
    }

    private static Copies thenLate(Copies copies) {
        return copies.order(0, NINE.plusSeconds(600), "3")
                .order(0, TEN.plusSeconds(300), "4")
                .order(0, NINE.plusSeconds(700), "5")
                .order(0, NINE.plusSeconds(701), "6")
                .order(0, TEN.plusSeconds(600), "7")
                .flush();
    }

    private static final List<LateRun> THE_LATE = List.of(
            run(0, 2, 2, NINE.plusSeconds(600)), new LateRun(0, 4, 5, NINE.plusSeconds(700), NINE.plusSeconds(701)));

    @Test
    void the_first_window_knows_nothing_of_late_records() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);

            assertThat(nine.late()).isNull();
            assertThat(nine.partitions()).extracting(p -> p.lateFrom()).containsOnlyNulls();
            assertThat(nine.topicId()).isNotNull();
        }
    }

    @Test
    void records_that_came_behind_the_copy_of_their_window_are_found_by_the_next_one() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            RecordedJournal journal = new RecordedJournal().withHistory(after(nine));
            RunOutcome.Succeeded outcome = succeeded(hour(copies, 10).run(journal));
            Receipt ten = Objects.requireNonNull(outcome.receipt());

            assertThat(journal.asked)
                    .containsExactly("%s %s %s %s".formatted(copies.topic, nine.topicId(), TEN, ELEVEN));
            // Offset 2 lies before the first record of ten, where nobody would have looked.
            assertThat(journal.plan().partitions()).containsExactly(new PartitionRange(0, 2, 7, EndSource.LOG_END, 2L));
            assertThat(rows(copies, 10)).containsExactly("0:3", "0:6");
            assertThat(rows(copies, 9)).containsExactly("0:0", "0:1");
            assertThat(late(ten)).isEqualTo(new LateReceipt(LatePolicy.REPORT, 3, 0, THE_LATE));
            assertThat(ten.partitions().get(0).late()).isEqualTo(3);
            assertThat(ten.filteredBefore()).isEqualTo(3);
            assertThat(outcome.late()).isEqualTo(THE_LATE);
            assertThat(journal.prepared().late()).isEqualTo(THE_LATE);
            assertThat(journal.lines)
                    .anyMatch(
                            line -> line.startsWith(
                                    "WARN 3 records of older windows had arrived after those were read: partition 0, offsets 2 to 2, from 2026-01-10 09:10:00;"));
        }
    }

    @Test
    void what_the_window_before_has_read_is_not_late_however_disordered() throws Exception {
        try (Copies copies = Copies.of(1)) {
            thenLate(copies.order(0, NINE, "1").order(0, NINE.plusSeconds(1800), "2"));
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            assertThat(rows(copies, 9)).containsExactly("0:0", "0:1", "0:2", "0:4", "0:5");

            Receipt ten = copied(copies, 10, after(nine));

            assertThat(late(ten).records()).isZero();
            assertThat(late(ten).runs()).isEmpty();
            assertThat(ten.filteredBefore()).isEqualTo(2);
            assertThat(ten.partitions().get(0).begin()).isEqualTo(3);
        }
    }

    @Test
    void a_rerun_that_knows_of_them_reaches_them_beyond_the_allowed_lateness() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            copies.with("/steps/0/parameter/allowedLateness", "\"PT0S\"");
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);

            copied(copies, 9, WindowHistory.NONE);
            assertThat(rows(copies, 9)).as("up to the first record of ten").containsExactly("0:0", "0:1", "0:2");

            RecordedJournal journal =
                    new RecordedJournal().withHistory(new WindowHistory(Map.of(), false, Map.of(0, 6L), Map.of()));
            succeeded(hour(copies, 9).run(journal));
            assertThat(journal.plan().partitions()).containsExactly(new PartitionRange(0, 0, 6, EndSource.HISTORY));
            assertThat(rows(copies, 9)).containsExactly("0:0", "0:1", "0:2", "0:4", "0:5");
            assertThat(nine.partitions().get(0).end()).isEqualTo(2);
        }
    }

    @Test
    void records_of_a_window_two_hours_old_are_found_too() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            copies.order(0, TEN, "3").flush();
            Receipt ten = copied(copies, 10, after(nine));
            copies.order(0, NINE.plusSeconds(60), "4")
                    .order(0, ELEVEN, "5")
                    .order(0, TEN.plusSeconds(1), "6")
                    .flush();

            Receipt eleven = copied(copies, 11, after(ten));

            assertThat(late(eleven).runs())
                    .containsExactly(run(0, 3, 3, NINE.plusSeconds(60)), run(0, 5, 5, TEN.plusSeconds(1)));
            assertThat(rows(copies, 11)).containsExactly("0:4");
        }
    }

    @Test
    void a_partition_in_which_nothing_newer_came_is_looked_through_as_well() throws Exception {
        try (Copies copies = Copies.of(3)) {
            copies.order(0, NINE, "1").order(1, NINE, "2").flush();
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            copies.order(0, TEN, "3")
                    .order(1, NINE.plusSeconds(1), "4")
                    .order(2, NINE.plusSeconds(2), "5")
                    .flush();
            RecordedJournal journal = new RecordedJournal().withHistory(after(nine));
            Receipt ten = Objects.requireNonNull(
                    succeeded(hour(copies, 10).run(journal)).receipt());

            assertThat(journal.plan().partitions())
                    .containsExactly(
                            new PartitionRange(0, 1, 2, EndSource.LOG_END, 1L),
                            new PartitionRange(1, 1, 2, EndSource.LOG_END, 1L),
                            new PartitionRange(2, 0, 1, EndSource.LOG_END, 0L));
            assertThat(late(ten).runs())
                    .containsExactly(run(1, 1, 1, NINE.plusSeconds(1)), run(2, 0, 0, NINE.plusSeconds(2)));
            assertThat(rows(copies, 10)).containsExactly("0:1");
        }
    }

    @Test
    void included_they_are_written_where_they_were_found_and_nowhere_twice() throws Exception {
        try (Copies copies = policy(nineCopiedThenLate(), LatePolicy.INCLUDE)) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            copies.send(0, NINE.plusSeconds(800), "no JSON").flush();
            copies.with("/setting/errorLimit", "{\"record\":\"10\"}");

            Receipt ten = copied(copies, 10, after(nine));

            assertThat(rows(copies, 10)).containsExactly("0:2", "0:3", "0:4", "0:5", "0:6");
            assertThat(late(ten).policy()).isEqualTo(LatePolicy.INCLUDE);
            assertThat(late(ten).records()).isEqualTo(4);
            assertThat(ten.written()).isEqualTo(5);
            assertThat(ten.dirty()).as("a late record that does not convert").isEqualTo(1);
            assertThat(ten.filtered()).isZero();
            assertThat(ten.partitions().get(0).minTimestamp()).isEqualTo(NINE.plusSeconds(600));

            // A rerun of nine knows that ten has taken them.
            copied(copies, 9, new WindowHistory(Map.of(), false, Map.of(0, 2L), Map.of(0, 2L)));
            assertThat(rows(copies, 9)).containsExactly("0:0", "0:1");
        }
    }

    @Test
    void behind_a_window_that_was_not_copied_they_are_reported_whatever_the_policy() throws Exception {
        try (Copies copies = policy(nineCopiedThenLate(), LatePolicy.INCLUDE)) {
            thenLate(copies);

            Receipt ten = copied(copies, 10, new WindowHistory(Map.of(0, 2L), false, Map.of(), Map.of()));

            assertThat(late(ten).policy()).isEqualTo(LatePolicy.REPORT);
            assertThat(late(ten).runs())
                    .containsExactly(new LateRun(0, 4, 5, NINE.plusSeconds(700), NINE.plusSeconds(701)));
            assertThat(rows(copies, 10)).containsExactly("0:3", "0:6");
        }
    }

    @Test
    void where_a_rerun_of_an_older_window_has_read_on_they_are_reported_whatever_the_policy() throws Exception {
        try (Copies copies = policy(nineCopiedThenLate(), LatePolicy.INCLUDE)) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            RecordedJournal overtaken =
                    new RecordedJournal().withHistory(after(nine)).withReadBefore(Map.of(0, 3L));

            Receipt ten = Objects.requireNonNull(
                    succeeded(hour(copies, 10).run(overtaken)).receipt());

            assertThat(late(ten).policy()).isEqualTo(LatePolicy.REPORT);
            assertThat(rows(copies, 10)).containsExactly("0:3", "0:6");
            assertThat(overtaken.lines).anyMatch(line -> line.startsWith("WARN An older window was run again"));
            RecordedJournal inStep =
                    new RecordedJournal().withHistory(after(nine)).withReadBefore(Map.of(0, 2L));
            succeeded(hour(copies, 10).run(inStep));
            assertThat(inStep.plan().includesLate()).isTrue();
        }
    }

    @Test
    void a_commit_that_the_journal_refuses_because_its_plan_is_outdated_is_tried_again() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            RunOutcome outcome = hour(copies, 9)
                    .run(new RecordedJournal()
                            .failingAtPrepared(new PlanOutdatedException("Another copy came first.")));

            assertThat(outcome)
                    .isEqualTo(
                            new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "Another copy came first.", true));
            assertThat(rows(copies, 9)).isEmpty();
        }
    }

    @Test
    void an_automatic_retry_finds_the_same_with_the_frozen_plan() throws Exception {
        try (Copies copies = policy(nineCopiedThenLate(), LatePolicy.REPAIR)) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            RecordedJournal first =
                    new RecordedJournal().withHistory(after(nine)).failingAtPlanned(new FencedException("killed"));
            assertThatThrownBy(() -> hour(copies, 10).run(first)).isInstanceOf(FencedException.class);
            copies.order(0, NINE.plusSeconds(900), "late again").flush();

            RunOutcome.Succeeded second =
                    succeeded(hour(copies, 10).withPlan(first.plan()).run(new RecordedJournal()));

            assertThat(second.late()).isEqualTo(THE_LATE);
            assertThat(late(Objects.requireNonNull(second.receipt())).policy()).isEqualTo(LatePolicy.REPAIR);
        }
    }

    @Test
    void a_commit_that_is_taken_over_brings_its_late_records_along() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            RecordedJournal first =
                    new RecordedJournal().withHistory(after(nine)).failingAtPrepared(new FencedException("killed"));
            assertThatThrownBy(() -> hour(copies, 10).run(first)).isInstanceOf(FencedException.class);

            RunOutcome.Succeeded second = succeeded(hour(copies, 10)
                    .withPlan(first.plan())
                    .withPrepared(first.prepared())
                    .run(new RecordedJournal()));

            assertThat(second.late()).isEqualTo(THE_LATE);
        }
    }

    @Test
    void late_records_that_were_deleted_before_anybody_read_them_are_told_of() throws Exception {
        // With a topic that keeps its records for ever, records of the window may be among the deleted ones: refused.
        try (Copies copies = nineCopiedThenLate(Map.of("retention.ms", "3153600000000"));
                Admin admin = Admin.create(Map.<String, Object>of(
                        "bootstrap.servers", Copies.cluster().bootstrapServers()))) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            thenLate(copies);
            admin.deleteRecords(Map.of(new TopicPartition(copies.topic, 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
            RecordedJournal journal = new RecordedJournal().withHistory(after(nine));
            Receipt ten = Objects.requireNonNull(
                    succeeded(hour(copies, 10).run(journal)).receipt());

            assertThat(late(ten).records()).isEqualTo(2);
            assertThat(journal.lines)
                    .contains(
                            "WARN Partition 0: the offsets 2 to 2, which no copy has read, were deleted: late records among them are lost.");
        }
    }

    @Test
    void a_topic_that_was_made_anew_voids_what_was_known_of_the_old_one() throws Exception {
        try (Copies copies = nineCopiedThenLate()) {
            Receipt nine = copied(copies, 9, WindowHistory.NONE);
            copies.recreateTopic(1);
            copies.order(0, TEN, "1").flush();
            RecordedJournal journal = new RecordedJournal().withHistory(after(nine));
            Receipt ten = Objects.requireNonNull(
                    succeeded(hour(copies, 10).run(journal)).receipt());

            assertThat(ten.topicId()).isNotEqualTo(nine.topicId());
            assertThat(journal.asked)
                    .containsExactly("%s %s %s %s".formatted(copies.topic, ten.topicId(), TEN, ELEVEN));
            assertThat(ten.late()).isNull();
            assertThat(journal.lines).anyMatch(line -> line.contains("the topic was made anew, or lost records"));
            assertThat(rows(copies, 10)).containsExactly("0:0");
        }
    }
}
