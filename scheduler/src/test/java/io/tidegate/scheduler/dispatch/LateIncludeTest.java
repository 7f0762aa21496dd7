package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.CopiedWindows.at;
import static io.tidegate.scheduler.dispatch.CopiedWindows.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.PlanOutdatedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.scheduler.dispatch.CopiedWindows.Copy;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.late.LateLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows that include what they find late, and reruns of older ones: no record is in two partitions. */
class LateIncludeTest {
    private final CopiedWindows copies = new CopiedWindows();

    @AfterEach
    void close() {
        copies.close();
    }

    @Test
    void what_a_later_window_included_bounds_a_rerun_also_where_the_one_between_included_nothing() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200));
        copies.copies("13:00", Copy.upTo(300).with(LatePolicy.INCLUDE).lateFrom(0, 200));
        copies.copies("14:00", Copy.upTo(400).with(LatePolicy.INCLUDE).lateFrom(0, 300));

        copies.copiesAgain("11:00", Copy.upTo(150));

        assertThat(copies.lastAsked().takenFrom()).isEqualTo(Map.of(0, 200L));
    }

    @Test
    void a_window_learns_how_far_any_older_one_was_read() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200));
        copies.copiesAgain("11:00", Copy.upTo(250));

        LateLedger ledger = new LateLedger(copies.world.jdbi, copies.world.clock);
        assertThat(ledger.readBefore(copies.instance("13:00").id(), "orders", "id-1", at("12:00")))
                .isEqualTo(Map.of(0, 250L));
        assertThat(ledger.readBefore(copies.instance("13:00").id(), "orders", "another", at("12:00")))
                .isEmpty();
        assertThat(ledger.readBefore(copies.instance("11:00").id(), "orders", "id-1", at("10:00")))
                .isEmpty();
    }

    @Test
    void an_older_window_does_not_commit_what_a_later_one_has_meanwhile_included() {
        copies.copies("11:00", Copy.upTo(100));
        copies.copies("12:00", Copy.upTo(200).with(LatePolicy.INCLUDE).lateFrom(0, 100));
        AtomicReference<@Nullable RuntimeException> met = new AtomicReference<>();
        copies.world.runner.next((request, journal, cancellation) -> {
            Instance eleven = copies.instance("11:00");
            journal.planned(plan(eleven, 150));
            try {
                // Planned before the window of twelve was copied, hence beyond where that one began to include.
                journal.prepared(new PreparedCommit("upload", List.of(), receipt(eleven, Copy.upTo(150)), List.of()));
            } catch (PlanOutdatedException e) {
                met.set(e);
                return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "outdated", true);
            }
            return new RunOutcome.Succeeded(receipt(eleven, Copy.upTo(150)));
        });
        copies.world.actions.rerun(copies.instance("11:00").id(), copies.world.anna);
        copies.nextCopies("11:00", Copy.upTo(100));
        copies.world.settle();

        assertThat(met.get()).hasMessageContaining("behind offset 99 of partition 0");
        assertThat(copies.world.attempts(copies.instance("11:00").id()).get(0).plan())
                .isNull();
        copies.world.clock.setLocal("2022-11-22T12:05");
        copies.world.settle();
        assertThat(copies.world.runner.lastRequest().plan())
                .as("the next attempt plans anew")
                .isNull();
        assertThat(copies.world.state(copies.instance("11:00").id())).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void a_window_does_not_include_what_an_older_one_is_about_to_commit() {
        copies.copies("11:00", Copy.upTo(100));
        List<String> met = new ArrayList<>();
        // Both at once: the rerun of eleven has prepared its commit when twelve, which was planned before, prepares its
        // own.
        copies.world.runner.next((request, journal, cancellation) -> {
            journal.prepared(new PreparedCommit(
                    "upload", List.of(), receipt(copies.instance("11:00"), Copy.upTo(150)), List.of()));
            return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "nobody answered", false);
        });
        copies.world.actions.rerun(copies.instance("11:00").id(), copies.world.anna);
        copies.world.settle();
        copies.world.runner.next((request, journal, cancellation) -> {
            Copy copy = Copy.upTo(200).with(LatePolicy.INCLUDE).lateFrom(0, 100);
            try {
                journal.prepared(
                        new PreparedCommit("upload", List.of(), receipt(copies.instance("12:00"), copy), List.of()));
            } catch (PlanOutdatedException e) {
                met.add(String.valueOf(e.getMessage()));
            }
            return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "outdated", false);
        });
        copies.world.clock.setLocal("2022-11-22T12:00");
        copies.world.settle();

        assertThat(met).singleElement().asString().contains("read up to offset 150 of partition 0");
    }

    private static OffsetPlan plan(Instance instance, long end) {
        Instant windowEnd = instance.scheduledTime();
        return new OffsetPlan(
                "orders",
                "id-1",
                windowEnd.minusSeconds(3600),
                windowEnd,
                windowEnd,
                List.of(new PartitionRange(0, 0, end, EndSource.LOG_END)));
    }
}
