package io.tidegate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.plan.BrokerAnswers.EndLookup;
import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.BrokerAnswers.PartitionAnswer;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import io.tidegate.engine.plan.BrokerAnswers.Timestamps;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.plan.PlanRefused.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetPlannerTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant END = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T14:15:00Z");
    private static final Retention WEEK = new Retention(true, Duration.ofDays(7), false);
    private static final ReadRange WINDOW = ReadRange.window(START, END, Lateness.DEFAULT);

    private static Lookup at(long offset, Instant time) {
        return new Lookup(offset, time.toEpochMilli());
    }

    private static PartitionAnswer partition(long logStart, long logEnd, @Nullable Lookup start, @Nullable Lookup end) {
        return partition(logStart, logEnd, start, end == null ? null : believed(end));
    }

    private static PartitionAnswer partition(
            long logStart, long logEnd, @Nullable Lookup start, @Nullable EndLookup end) {
        return new PartitionAnswer(0, logStart, logEnd, start, null, start, end, 0, Timestamps.PRESENT, null);
    }

    private static EndLookup believed(Lookup end) {
        return new EndLookup(end.offset(), end.timestamp(), end.offset(), true);
    }

    private static PartitionAnswer unanswered(int number, long logStart, long logEnd, Timestamps timestamps) {
        return new PartitionAnswer(number, logStart, logEnd, null, null, null, null, 0, timestamps, null);
    }

    private static BrokerAnswers answers(PartitionAnswer... partitions) {
        return answers(WEEK, partitions);
    }

    private static BrokerAnswers answers(Retention retention, PartitionAnswer... partitions) {
        return new BrokerAnswers("orders", "id-1", NOW, retention, List.of(partitions));
    }

    private static PartitionRange planned(PartitionAnswer partition) throws PlanRefused {
        return OffsetPlanner.plan(WINDOW, answers(partition))
                .plan()
                .partitions()
                .get(0);
    }

    /** Columns: log start, log end, offset at start or -, offset at end or -, expected begin, end, source. */
    @ParameterizedTest
    @CsvSource({
        "0, 100, 10, 60, 10, 60, TIMESTAMP",
        "0, 100, 10, -, 10, 100, LOG_END",
        "0, 100, -, -, 100, 100, LOG_END",
        "0, 0, -, -, 0, 0, LOG_END",
        "40, 40, -, -, 40, 40, LOG_END",
        "0, 100, 0, 0, 0, 0, TIMESTAMP",
        "0, 100, 10, 10, 10, 10, TIMESTAMP",
        // A record appended after the log end was asked for is not in the plan.
        "0, 100, 100, 105, 100, 100, LOG_END",
        "0, 100, 10, 105, 10, 100, LOG_END",
        // Disordered logs: the first record past the end may stand before the first one in the window.
        "0, 100, 30, 20, 30, 30, TIMESTAMP",
        "5, 100, 6, 60, 6, 60, TIMESTAMP"
    })
    void look_ups_become_offsets(
            long logStart, long logEnd, String start, String end, long begin, long until, EndSource source)
            throws PlanRefused {
        Lookup atStart = start.equals("-") ? null : at(Long.parseLong(start), START.plusSeconds(1));
        Lookup atEnd = end.equals("-") ? null : at(Long.parseLong(end), END.plus(Duration.ofHours(2)));

        assertThat(planned(partition(logStart, logEnd, atStart, atEnd)))
                .isEqualTo(new PartitionRange(0, begin, until, source));
    }

    @Test
    void every_partition_is_in_the_plan_the_empty_ones_too() throws PlanRefused {
        OffsetPlan plan = OffsetPlanner.plan(
                        WINDOW,
                        answers(partition(0, 10, at(2, START), (Lookup) null), unanswered(1, 0, 0, Timestamps.PRESENT)))
                .plan();

        assertThat(plan)
                .isEqualTo(new OffsetPlan(
                        "orders",
                        "id-1",
                        START,
                        END,
                        NOW,
                        List.of(
                                new PartitionRange(0, 2, 10, EndSource.LOG_END),
                                new PartitionRange(1, 0, 0, EndSource.LOG_END))));
        assertThat(plan.offsets()).isEqualTo(8);
    }

    @Test
    void log_end_as_lateness_reads_to_the_log_end_whatever_the_look_up_says() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                ReadRange.window(START, END, Lateness.LOG_END), answers(partition(0, 100, at(10, START), at(60, END))));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 100, EndSource.LOG_END));
    }

    @Test
    void a_record_from_the_future_does_not_end_the_plan_early() throws PlanRefused {
        PlannedRead read =
                OffsetPlanner.plan(WINDOW, answers(partition(0, 100, at(10, START), at(12, NOW.plusMillis(1)))));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("offset 12", "2026-11-22T14:15:00.001Z", "clock");
    }

    @Test
    void a_record_of_this_very_moment_does_end_the_plan() throws PlanRefused {
        assertThat(planned(partition(0, 100, at(10, START), at(12, NOW))).end()).isEqualTo(12);
    }

    @Test
    void an_answer_that_the_records_behind_it_contradict_does_not_end_the_plan() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                WINDOW,
                answers(partition(
                        0,
                        100,
                        at(5, START),
                        new EndLookup(5, NOW.minusSeconds(9).toEpochMilli(), 70, false))));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 5, 70, EndSource.TIMESTAMP));
        assertThat(read.notes())
                .singleElement()
                .asString()
                .contains("answered with offset 5 (2026-11-22T14:14:51Z)", "Reading on up to offset 70");
    }

    @Test
    void a_log_that_agrees_a_little_later_ends_the_plan_there_without_a_word() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                WINDOW,
                answers(partition(
                        0,
                        100,
                        at(5, START),
                        new EndLookup(60, NOW.minusSeconds(9).toEpochMilli(), 62, true))));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 5, 62, EndSource.TIMESTAMP));
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void a_look_up_that_found_nothing_though_there_may_be_records_begins_at_the_floor() throws PlanRefused {
        PartitionAnswer hidden = new PartitionAnswer(0, 0, 100, null, 40L, null, null, 0, Timestamps.PRESENT, null);

        assertThat(planned(hidden)).isEqualTo(new PartitionRange(0, 40, 100, EndSource.LOG_END));
    }

    @Test
    void a_record_from_the_future_before_the_window_is_said_to_make_the_plan_long() throws PlanRefused {
        PlannedRead read =
                OffsetPlanner.plan(WINDOW, answers(partition(0, 100, at(10, NOW.plusMillis(1)), (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("offset 10", "clock is wrong");
    }

    @Test
    void what_an_open_transaction_holds_back_is_said() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                WINDOW,
                answers(new PartitionAnswer(
                        0, 0, 100, at(10, START), null, at(9, START), null, 7, Timestamps.PRESENT, null)));

        assertThat(read.notes()).singleElement().asString().contains("keeps 7 offsets from 100 on");
    }

    @Test
    void older_records_at_the_log_start_prove_nothing_where_they_are_within_the_lateness() {
        Retention hour = new Retention(true, Duration.ofHours(1), false);
        PartitionAnswer clipped = new PartitionAnswer(
                0, 50, 100, at(60, START), null, at(50, START.minusSeconds(60)), null, 0, Timestamps.PRESENT, null);

        assertThatThrownBy(() -> OffsetPlanner.plan(WINDOW, answers(hour, clipped)))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void records_deleted_by_hand_from_a_topic_that_keeps_them_for_ever_are_refused() {
        Retention forEver = new Retention(true, null, false);

        assertThatThrownBy(() ->
                        OffsetPlanner.plan(WINDOW, answers(forEver, partition(50, 100, at(50, START), (Lookup) null))))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("deleted by hand");
    }

    @Test
    void a_window_that_ends_in_the_future_is_planned_and_said() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                ReadRange.window(START, NOW.plusSeconds(60), Lateness.DEFAULT),
                answers(partition(0, 100, at(10, START), (Lookup) null)));

        assertThat(read.notes()).singleElement().asString().contains("2026-11-22T14:16:00Z", "not in it");
    }

    @Test
    void records_without_timestamps_are_refused() {
        PartitionAnswer untimed = unanswered(3, 0, 100, Timestamps.ABSENT);

        assertThatThrownBy(() -> OffsetPlanner.plan(WINDOW, answers(untimed)))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TIMESTAMPS))
                .hasMessageContaining("partition 3");
    }

    @Test
    void a_log_that_compaction_has_emptied_is_an_empty_range() throws PlanRefused {
        PartitionAnswer emptied = unanswered(0, 0, 100, Timestamps.NO_RECORDS);

        assertThat(planned(emptied)).isEqualTo(new PartitionRange(0, 100, 100, EndSource.LOG_END));
    }

    @Test
    void a_window_older_than_the_retention_whose_first_records_are_gone_is_refused() {
        Retention hour = new Retention(true, Duration.ofHours(1), false);
        PartitionAnswer clipped = new PartitionAnswer(
                2,
                50,
                100,
                at(50, START.plusSeconds(600)),
                null,
                at(50, START.plusSeconds(600)),
                null,
                0,
                Timestamps.PRESENT,
                null);

        assertThatThrownBy(() -> OffsetPlanner.plan(WINDOW, answers(hour, clipped)))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessageContaining("Partition 2 of topic orders begins at offset 50")
                .hasMessageContaining("PT1H");
    }

    @Test
    void a_window_whose_records_have_all_expired_is_refused() {
        Retention hour = new Retention(true, Duration.ofHours(1), false);

        assertThatThrownBy(() -> OffsetPlanner.plan(WINDOW, answers(hour, partition(100, 100, null, (Lookup) null))))
                .isInstanceOf(PlanRefused.class);
    }

    @Test
    void a_topic_that_deletes_by_size_is_refused_however_young_the_window() {
        Retention bySize = new Retention(true, Duration.ofDays(7), true);

        assertThatThrownBy(() ->
                        OffsetPlanner.plan(WINDOW, answers(bySize, partition(50, 100, at(50, START), (Lookup) null))))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("deletes by size");
    }

    @Test
    void an_idle_topic_whose_old_records_were_purged_is_read_with_a_note() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(WINDOW, answers(partition(50, 51, at(50, START), (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 50, 51, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("begins at offset 50", "PT168H");
    }

    @Test
    void a_window_that_starts_behind_the_first_record_kept_needs_no_note() throws PlanRefused {
        Retention hour = new Retention(true, Duration.ofHours(1), false);
        PlannedRead read = OffsetPlanner.plan(WINDOW, answers(hour, partition(50, 100, at(51, START), (Lookup) null)));

        assertThat(read.notes()).isEmpty();
    }

    @Test
    void offsets_are_taken_as_they_are_named() throws PlanRefused {
        PlannedRead read =
                OffsetPlanner.plan(ReadRange.offsets(10, 20), answers(partition(5, 100, null, (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 20, EndSource.OFFSET));
        assertThat(read.plan().windowStart()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"4, 20, EXPIRED, begins at offset 5", "10, 101, TOPIC_CHANGED, ends at offset 100"})
    void offsets_that_are_not_there_are_refused(long begin, long end, Reason reason, String message) {
        assertThatThrownBy(() -> OffsetPlanner.plan(
                        ReadRange.offsets(begin, end), answers(partition(5, 100, null, (Lookup) null))))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    private static OffsetPlan frozen(String topicId, long begin, long end) {
        return new OffsetPlan(
                "orders", topicId, START, END, NOW, List.of(new PartitionRange(0, begin, end, EndSource.LOG_END)));
    }

    @Test
    void a_frozen_plan_is_read_again_while_its_records_are_there() throws PlanRefused {
        OffsetPlanner.recheck(frozen("id-1", 10, 100), answers(partition(10, 250, null, (Lookup) null)));
        OffsetPlanner.recheck(frozen("id-1", 10, 10), answers(partition(90, 250, null, (Lookup) null)));
    }

    @ParameterizedTest
    @CsvSource({
        "id-1, 10, 100, 11, 250, EXPIRED, from offset 10 on",
        "id-2, 10, 100, 0, 250, TOPIC_CHANGED, deleted and created anew",
        "id-1, 10, 100, 0, 99, TOPIC_CHANGED, ends at offset 99"
    })
    void a_frozen_plan_that_no_longer_fits_is_refused(
            String id, long begin, long end, long logStart, long logEnd, Reason reason, String message) {
        assertThatThrownBy(() -> OffsetPlanner.recheck(
                        frozen(id, begin, end), answers(partition(logStart, logEnd, null, (Lookup) null))))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void a_frozen_plan_of_a_partition_that_is_gone_is_refused() {
        assertThatThrownBy(() -> OffsetPlanner.recheck(frozen("id-1", 10, 100), answers()))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("ends at offset none");
    }
}
