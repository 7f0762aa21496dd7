package io.tidegate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.plan.BrokerAnswers.PartitionAnswer;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import io.tidegate.engine.plan.BrokerAnswers.Timestamps;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanWideningTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant END = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T14:15:00Z");

    private static PlannedRead read(PartitionRange... ranges) {
        return new PlannedRead(new OffsetPlan("orders", "id-1", START, END, NOW, List.of(ranges)), List.of("before"));
    }

    private static PartitionAnswer log(int partition, long start, long end) {
        return new PartitionAnswer(partition, start, end, null, null, null, null, 0, Timestamps.PRESENT, null);
    }

    private static BrokerAnswers answers(PartitionAnswer... partitions) {
        return new BrokerAnswers("orders", "id-1", NOW, Retention.UNKNOWN, List.of(partitions));
    }

    private static WindowHistory after(Map<Integer, Long> readUpTo) {
        return new WindowHistory(readUpTo, true, Map.of(), Map.of());
    }

    private static WindowHistory reaching(long reach) {
        return new WindowHistory(Map.of(), false, Map.of(0, reach), Map.of());
    }

    /** Columns: begin and end by time, log start, read up to by the window before; then begin and first late offset. */
    @ParameterizedTest
    @CsvSource({
        "50, 100, 0, 60, 50, 60",
        "50, 100, 0, 50, 50, 50",
        "50, 100, 0, 40, 40, 40",
        "50, 100, 45, 40, 45, 40",
        "100, 100, 0, 90, 90, 90",
        "50, 50, 0, 80, 50, 80",
    })
    void the_gap_behind_the_window_before_is_read_and_what_follows_counts_as_late(
            long begin, long end, long logStart, long readUpTo, long expectedBegin, long expectedLateFrom) {
        PlannedRead widened = PlanWidening.widen(
                read(new PartitionRange(0, begin, end, EndSource.LOG_END)),
                after(Map.of(0, readUpTo)),
                LatePolicy.REPORT,
                answers(log(0, logStart, 100)));

        assertThat(widened.plan().partitions())
                .containsExactly(new PartitionRange(0, expectedBegin, end, EndSource.LOG_END, expectedLateFrom));
    }

    @Test
    void late_records_that_were_deleted_unread_are_told_of() {
        PlannedRead widened = PlanWidening.widen(
                read(new PartitionRange(0, 50, 100, EndSource.LOG_END)),
                after(Map.of(0, 40L)),
                LatePolicy.REPORT,
                answers(log(0, 45, 100)));

        assertThat(widened.notes())
                .containsExactly(
                        "before",
                        "Partition 0: the offsets 40 to 44, which no copy has read, were deleted: late records among them are lost.");
    }

    @Test
    void behind_a_window_that_was_not_copied_only_what_is_read_anyway_is_looked_at() {
        WindowHistory gap = new WindowHistory(Map.of(0, 20L), false, Map.of(), Map.of());

        assertThat(PlanWidening.widen(
                                read(new PartitionRange(0, 50, 100, EndSource.LOG_END)),
                                gap,
                                LatePolicy.REPORT,
                                answers(log(0, 0, 100)))
                        .plan()
                        .partitions())
                .containsExactly(new PartitionRange(0, 50, 100, EndSource.LOG_END, 20L));
    }

    @Test
    void a_partition_that_was_added_since_is_read_from_its_start() {
        PlannedRead widened = PlanWidening.widen(
                read(
                        new PartitionRange(0, 50, 100, EndSource.LOG_END),
                        new PartitionRange(1, 5, 10, EndSource.LOG_END)),
                after(Map.of(0, 60L)),
                LatePolicy.REPORT,
                answers(log(0, 0, 100), log(1, 0, 10)));

        assertThat(widened.plan().partitions())
                .containsExactly(
                        new PartitionRange(0, 50, 100, EndSource.LOG_END, 60L),
                        new PartitionRange(1, 0, 10, EndSource.LOG_END, 0L));
    }

    @Test
    void a_partition_that_the_earlier_job_left_out_is_not_taken_for_a_new_one() {
        PlannedRead widened = PlanWidening.widen(
                read(
                        new PartitionRange(0, 5, 10, EndSource.LOG_END),
                        new PartitionRange(1, 50, 100, EndSource.LOG_END),
                        new PartitionRange(2, 5, 10, EndSource.LOG_END)),
                after(Map.of(1, 60L)),
                LatePolicy.REPORT,
                answers(log(0, 0, 10), log(1, 0, 100), log(2, 0, 10)));

        assertThat(widened.plan().partitions())
                .containsExactly(
                        new PartitionRange(0, 5, 10, EndSource.LOG_END),
                        new PartitionRange(1, 50, 100, EndSource.LOG_END, 60L),
                        new PartitionRange(2, 5, 10, EndSource.LOG_END));
    }

    /** Columns: end by time, known reach; then end and source. */
    @ParameterizedTest
    @CsvSource({
        "60, 55, 60, TIMESTAMP",
        "60, 60, 60, TIMESTAMP",
        "60, 71, 71, HISTORY",
        "60, 100, 100, LOG_END",
        "10, 31, 31, HISTORY"
    })
    void a_window_is_read_as_far_as_its_known_records_reach(long end, long reach, long expected, EndSource source) {
        assertThat(PlanWidening.widen(
                                read(new PartitionRange(0, 10, end, EndSource.TIMESTAMP)),
                                reaching(reach),
                                LatePolicy.REPORT,
                                answers(log(0, 0, 100)))
                        .plan()
                        .partitions())
                .containsExactly(new PartitionRange(0, 10, expected, source));
    }

    /** Columns: end by time, reach, taken from; then the end. */
    @ParameterizedTest
    @CsvSource({"60, 0, 50, 50", "60, 80, 50, 50", "60, 0, 60, 60", "60, 0, 70, 60", "60, 0, 5, 10"})
    void what_the_following_window_has_written_is_not_written_again(long end, long reach, long taken, long expected) {
        WindowHistory history = new WindowHistory(Map.of(), false, Map.of(0, reach), Map.of(0, taken));

        PartitionRange range = PlanWidening.widen(
                        read(new PartitionRange(0, 10, end, EndSource.TIMESTAMP)),
                        history,
                        LatePolicy.REPORT,
                        answers(log(0, 0, 100)))
                .plan()
                .partitions()
                .get(0);

        assertThat(range.end()).isEqualTo(expected);
        assertThat(range.endSource()).isEqualTo(expected == 60 ? EndSource.TIMESTAMP : EndSource.TAKEN);
    }

    @Test
    void a_log_that_is_shorter_than_what_was_read_of_it_makes_the_history_void() {
        PlannedRead planned = read(new PartitionRange(0, 5, 30, EndSource.LOG_END));

        PlannedRead widened =
                PlanWidening.widen(planned, after(Map.of(0, 60L)), LatePolicy.REPORT, answers(log(0, 0, 30)));

        assertThat(widened.plan()).isEqualTo(planned.plan());
        assertThat(widened.notes()).hasSize(2).last().asString().contains("ends at offset 30", "read up to 60");
        assertThat(PlanWidening.widen(planned, reaching(31), LatePolicy.REPORT, answers(log(0, 0, 30)))
                        .plan())
                .isEqualTo(planned.plan());
    }

    @Test
    void late_records_are_included_only_behind_a_window_that_was_copied() {
        PlannedRead planned = read(new PartitionRange(0, 50, 100, EndSource.LOG_END));
        WindowHistory gap = new WindowHistory(Map.of(0, 20L), false, Map.of(), Map.of());
        BrokerAnswers answers = answers(log(0, 0, 100));

        assertThat(PlanWidening.widen(planned, after(Map.of(0, 60L)), LatePolicy.INCLUDE, answers)
                        .plan()
                        .includesLate())
                .isTrue();
        assertThat(PlanWidening.widen(planned, after(Map.of(0, 60L)), LatePolicy.REPAIR, answers)
                        .plan()
                        .includesLate())
                .isFalse();
        assertThat(PlanWidening.widen(planned, gap, LatePolicy.INCLUDE, answers)
                        .plan()
                        .includesLate())
                .isFalse();
    }

    @Test
    void nothing_changes_where_nothing_is_known_or_no_window_is_read() {
        PlannedRead planned = read(new PartitionRange(0, 5, 30, EndSource.LOG_END));
        PlannedRead byOffset = new PlannedRead(
                new OffsetPlan("orders", "id-1", null, null, NOW, planned.plan().partitions()), List.of());

        assertThat(PlanWidening.widen(planned, WindowHistory.NONE, LatePolicy.REPORT, answers(log(0, 0, 30))))
                .isSameAs(planned);
        assertThat(PlanWidening.widen(byOffset, after(Map.of(0, 3L)), LatePolicy.REPORT, answers(log(0, 0, 30))))
                .isSameAs(byOffset);
    }
}
