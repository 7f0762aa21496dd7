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

    private static PartitionAnswer committed(
            long logStart, @Nullable Lookup start, @Nullable EndLookup end, @Nullable Long committed) {
        return new PartitionAnswer(0, logStart, 100, start, null, start, end, 0, Timestamps.PRESENT, committed);
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
                        answers(
                                partition(0, 10, at(2, START), (Lookup) null), unanswered(1, 0, 0, Timestamps.PRESENT)))
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
                        0, 100, at(5, START), new EndLookup(60, NOW.minusSeconds(9).toEpochMilli(), 62, true))));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 5, 62, EndSource.TIMESTAMP));
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void a_look_up_that_found_nothing_though_there_may_be_records_begins_at_the_floor() throws PlanRefused {
        PartitionAnswer hidden =
                new PartitionAnswer(0, 0, 100, null, 40L, null, null, 0, Timestamps.PRESENT, null);

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
        PartitionAnswer clipped =
                new PartitionAnswer(
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

        assertThatThrownBy(() -> OffsetPlanner.plan(WINDOW, answers(bySize, partition(50, 100, at(50, START), (Lookup) null))))
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
        PlannedRead read = OffsetPlanner.plan(ReadRange.offsets(10, 20), answers(partition(5, 100, null, (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 20, EndSource.OFFSET));
        assertThat(read.plan().windowStart()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"4, 20, EXPIRED, begins at offset 5", "10, 101, TOPIC_CHANGED, ends at offset 100"})
    void offsets_that_are_not_there_are_refused(long begin, long end, Reason reason, String message) {
        assertThatThrownBy(
                        () -> OffsetPlanner.plan(ReadRange.offsets(begin, end), answers(partition(5, 100, null, (Lookup) null))))
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
        assertThatThrownBy(() ->
                        OffsetPlanner.recheck(frozen(id, begin, end), answers(partition(logStart, logEnd, null, (Lookup) null))))
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

    private static final Bound AT_START = new Bound.At(START);
    private static final Bound AT_END = new Bound.At(END);

    private static ReadRange range(Bound begin, Bound end, OffsetReset reset) {
        return new ReadRange(begin, end, Lateness.DEFAULT, reset, null);
    }

    private static Bound bound(String text) {
        return switch (text) {
            case "start" -> AT_START;
            case "end" -> AT_END;
            case "earliest" -> new Bound.Earliest();
            case "latest" -> new Bound.Latest();
            case "committed" -> new Bound.Committed("g");
            default -> new Bound.Offset(Long.parseLong(text));
        };
    }

    /** A log of the offsets 5 to 99 whose window lies at 10 to 60, with a group that stands at 30. */
    @ParameterizedTest
    @CsvSource({
        "start, end, 10, 60, TIMESTAMP, true, true",
        "start, 50, 10, 50, OFFSET, true, false",
        "start, 7, 10, 10, OFFSET, true, false",
        "start, latest, 10, 100, LOG_END, true, false",
        "20, end, 20, 60, TIMESTAMP, false, true",
        "80, end, 80, 80, TIMESTAMP, false, true",
        "20, 50, 20, 50, OFFSET, false, false",
        "20, latest, 20, 100, LOG_END, false, false",
        "100, latest, 100, 100, LOG_END, false, false",
        "earliest, end, 5, 60, TIMESTAMP, false, true",
        "earliest, 50, 5, 50, OFFSET, false, false",
        "earliest, latest, 5, 100, LOG_END, false, false",
        "latest, end, 100, 100, LOG_END, false, true",
        "latest, 50, 100, 100, OFFSET, false, false",
        "latest, latest, 100, 100, LOG_END, false, false",
        "committed, end, 30, 60, TIMESTAMP, false, false",
        "committed, 50, 30, 50, OFFSET, false, false",
        "committed, 20, 30, 30, OFFSET, false, false",
        "committed, latest, 30, 100, LOG_END, false, false"
    })
    void every_begin_goes_with_every_end(
            String begin, String end, long from, long to, EndSource source, boolean filterBefore, boolean filterAfter)
            throws PlanRefused {
        Bound beginBound = bound(begin);
        Bound endBound = bound(end);
        Lookup atStart = begin.equals("start") ? at(10, START) : null;
        Lookup atEnd = end.equals("end") ? at(60, END.plusSeconds(3600)) : null;

        PlannedRead read = OffsetPlanner.plan(
                range(beginBound, endBound, OffsetReset.NONE),
                answers(committed(5, atStart, atEnd == null ? null : believed(atEnd), 30L)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, from, to, source));
        assertThat(read.plan().windowStart()).isEqualTo(filterBefore ? START : null);
        assertThat(read.plan().windowEnd()).isEqualTo(filterAfter ? END : null);
        assertThat(read.notes()).allMatch(note -> note.startsWith("Partition 0 begins at offset 5: older"));
    }

    @Test
    void a_group_ends_at_the_first_record_past_the_end_and_leaves_none_out() {
        ReadRange range = range(new Bound.Committed("g"), AT_END, OffsetReset.NONE);

        assertThat(range.endLookUp()).isEqualTo(END);
        assertThat(range.windowEnd()).isNull();
        assertThat(range(new Bound.Earliest(), AT_END, OffsetReset.NONE).endLookUp())
                .isEqualTo(END.plus(Duration.ofHours(1)));
    }

    @Test
    void a_group_that_already_stands_behind_the_end_reads_nothing() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                range(new Bound.Committed("g"), AT_END, OffsetReset.NONE),
                answers(committed(0, null, believed(at(40, END)), 70L)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 70, 70, EndSource.TIMESTAMP));
    }

    @Test
    void a_record_from_the_future_does_not_hold_a_group_up_for_ever() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                range(new Bound.Committed("g"), AT_END, OffsetReset.NONE),
                answers(committed(0, null, believed(at(40, NOW.plusSeconds(9))), 40L)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 40, 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("clock is wrong");
    }

    @Test
    void a_group_may_end_at_the_marker_of_a_transaction_because_it_goes_on_there() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                range(new Bound.Committed("g"), AT_END, OffsetReset.NONE),
                answers(committed(0, null, new EndLookup(40, NOW.minusSeconds(9).toEpochMilli(), 100, false), 10L)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 40, EndSource.TIMESTAMP));
        assertThat(read.notes()).isEmpty();
    }

    /** A log of the offsets 5 to 99; columns: begin, what the group committed or -, reset, expected begin or the refusal. */
    @ParameterizedTest
    @CsvSource({
        "committed, -, NONE, NO_GROUP_OFFSET, partition 0",
        "committed, -, EARLIEST, 5, the first record that is left",
        "committed, -, LATEST, 100, the log end",
        "committed, 4, NONE, EXPIRED, begins at offset 5",
        "committed, 4, EARLIEST, 5, holds offsets 5 to 99",
        "committed, 4, LATEST, 100, passing over",
        "committed, 101, NONE, TOPIC_CHANGED, ends at offset 100",
        "committed, 101, EARLIEST, 5, Offset 101 of partition 0 is not there",
        "committed, 101, LATEST, 100, passing over",
        "3, -, NONE, EXPIRED, begins at offset 5",
        "3, -, EARLIEST, 5, Offset 3 of partition 0 is not there",
        "3, -, LATEST, 100, passing over",
        "200, -, NONE, TOPIC_CHANGED, ends at offset 100",
        "200, -, LATEST, 100, passing over"
    })
    void the_reset_decides_where_the_begin_is_not_there(
            String begin, String committed, OffsetReset reset, String expected, String said) throws PlanRefused {
        BrokerAnswers answers = answers(committed(5, null, null, committed.equals("-") ? null : Long.valueOf(committed)));
        ReadRange range = range(bound(begin), new Bound.Latest(), reset);

        if (reset == OffsetReset.NONE) {
            assertThatThrownBy(() -> OffsetPlanner.plan(range, answers))
                    .isInstanceOfSatisfying(
                            PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.valueOf(expected)))
                    .hasMessageContaining(said);
            return;
        }
        PlannedRead read = OffsetPlanner.plan(range, answers);
        assertThat(read.plan().partitions())
                .containsExactly(new PartitionRange(0, Long.parseLong(expected), 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains(said, "autoOffsetReset");
    }

    @ParameterizedTest
    @CsvSource({"EARLIEST, 50", "LATEST, 100"})
    void the_reset_decides_where_records_of_the_window_have_expired(OffsetReset reset, long begin) throws PlanRefused {
        Retention hour = new Retention(true, Duration.ofHours(1), false);
        PlannedRead read = OffsetPlanner.plan(
                range(AT_START, AT_END, reset),
                answers(hour, partition(50, 100, at(50, START.plusSeconds(600)), (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, begin, 100, EndSource.LOG_END));
        assertThat(read.plan().windowEnd()).isEqualTo(END);
        assertThat(read.notes()).singleElement().asString().contains("may have been deleted", "autoOffsetReset");
    }

    @ParameterizedTest
    @CsvSource({"earliest, end", "committed, end", "start, latest"})
    void one_bound_that_is_a_time_is_enough_to_refuse_records_without_timestamps(String begin, String end) {
        PartitionAnswer untimed = unanswered(3, 0, 100, Timestamps.ABSENT);

        assertThatThrownBy(() -> OffsetPlanner.plan(range(bound(begin), bound(end), OffsetReset.EARLIEST), answers(untimed)))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TIMESTAMPS));
    }

    @Test
    void an_end_that_a_quiet_log_has_not_reached_is_its_log_end() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                ReadRange.offsets(10, 101).withQuietFor(Duration.ofSeconds(60)), answers(partition(5, 100, null, (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("offset 101 was not waited for");
    }

    @Test
    void an_empty_range_of_offsets_needs_nothing_to_be_there() throws PlanRefused {
        assertThat(OffsetPlanner.plan(ReadRange.offsets(2, 2), answers(partition(5, 100, null, (Lookup) null)))
                        .plan()
                        .offsets())
                .isZero();
    }

    @Test
    void a_range_cannot_end_where_logs_begin_or_groups_stand() {
        assertThatThrownBy(() -> range(AT_START, new Bound.Earliest(), OffsetReset.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> range(AT_START, new Bound.Committed("g"), OffsetReset.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
