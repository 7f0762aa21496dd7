package io.tidegate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.BrokerAnswers.PartitionAnswer;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import io.tidegate.engine.plan.BrokerAnswers.Timestamps;
import io.tidegate.engine.plan.PlanRefused.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One look says of every window what a plan of that window would say. */
class KeptRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:15:00Z");
    private static final Duration EACH = Duration.ofMinutes(30);

    /** Offset 0 is ten days old; one record every half hour, the last of them just now. */
    private static final long COUNT = Duration.ofDays(10).dividedBy(EACH);

    private static Instant timeOf(long offset) {
        return NOW.minus(EACH.multipliedBy(COUNT - offset));
    }

    private static @Nullable Lookup lookUp(Instant time, long logStart, long logEnd) {
        for (long offset = logStart; offset < logEnd; offset++) {
            if (!timeOf(offset).isBefore(time)) {
                return new Lookup(offset, timeOf(offset).toEpochMilli());
            }
        }
        return null;
    }

    private static boolean refusedAsExpired(ReadRange range, Retention retention, long logStart, long logEnd) {
        Instant start = java.util.Objects.requireNonNull(range.windowStart());
        PartitionAnswer partition = new PartitionAnswer(
                0,
                logStart,
                logEnd,
                lookUp(start, logStart, logEnd),
                null,
                lookUp(start.minus(Duration.ofHours(1)), logStart, logEnd),
                null,
                0,
                Timestamps.PRESENT,
                null);
        try {
            OffsetPlanner.plan(range, new BrokerAnswers("orders", "id", NOW, retention, List.of(partition)));
            return false;
        } catch (PlanRefused e) {
            assertThat(e.reason()).isEqualTo(Reason.EXPIRED);
            return true;
        }
    }

    @Test
    void a_look_finds_exactly_the_windows_that_a_plan_would_refuse() {
        TreeSet<String> seen = new TreeSet<>();
        for (Retention retention : List.of(
                new Retention(true, Duration.ofDays(7), false),
                new Retention(true, null, false),
                new Retention(true, Duration.ofDays(7), true),
                Retention.UNKNOWN)) {
            for (long logStart : List.of(0L, 1L, 100L, COUNT - 10, COUNT)) {
                for (int hour = 1; hour < 12 * 24; hour += 5) {
                    Instant start = NOW.minus(Duration.ofHours(hour)).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
                    ReadRange range = ReadRange.window(start, start.plus(Duration.ofHours(1)), Lateness.DEFAULT);
                    KeptRecords kept = new KeptRecords(
                            "orders",
                            NOW,
                            retention,
                            List.of(new KeptRecords.Partition(
                                    0, logStart, COUNT, lookUp(Instant.EPOCH, logStart, COUNT))));

                    boolean lacking = kept.mayLack(start, range.lateness(), null);
                    assertThat(lacking)
                            .as("%s, log from %d, window from %s", retention, logStart, start)
                            .isEqualTo(refusedAsExpired(range, retention, logStart, COUNT));
                    assertThat(kept.mayLack(start, range.lateness(), 1)).isFalse();
                    seen.add(logStart + " " + lacking);
                }
            }
        }
        assertThat(seen).contains("0 false", "100 true", "100 false").doesNotContain("0 true");
    }

    @Test
    void the_oldest_record_is_that_of_any_partition() {
        KeptRecords kept = new KeptRecords(
                "orders",
                NOW,
                Retention.UNKNOWN,
                List.of(
                        new KeptRecords.Partition(0, 0, 0, null),
                        new KeptRecords.Partition(1, 5, 9, new Lookup(5, 3_000)),
                        new KeptRecords.Partition(2, 5, 9, new Lookup(5, 2_000))));

        assertThat(kept.oldest()).contains(Instant.ofEpochMilli(2_000));
    }
}
