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

/** Reads whose bounds are not two times: every begin with every end, groups, and what becomes of a begin that is not there. */
class BoundsPlanTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant END = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T14:15:00Z");
    private static final Retention WEEK = new Retention(true, Duration.ofDays(7), false);

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
        BrokerAnswers answers =
                answers(committed(5, null, null, committed.equals("-") ? null : Long.valueOf(committed)));
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

        assertThatThrownBy(() ->
                        OffsetPlanner.plan(range(bound(begin), bound(end), OffsetReset.EARLIEST), answers(untimed)))
                .isInstanceOfSatisfying(
                        PlanRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TIMESTAMPS));
    }

    @Test
    void an_end_that_a_quiet_log_has_not_reached_is_its_log_end() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                ReadRange.offsets(10, 101).withQuietFor(Duration.ofSeconds(60)),
                answers(partition(5, 100, null, (Lookup) null)));

        assertThat(read.plan().partitions()).containsExactly(new PartitionRange(0, 10, 100, EndSource.LOG_END));
        assertThat(read.notes()).singleElement().asString().contains("offset 101 was not waited for");
    }

    @Test
    void a_window_that_begins_in_the_future_is_planned_and_said() throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(
                range(new Bound.At(NOW.plusSeconds(1)), new Bound.Latest(), OffsetReset.NONE),
                answers(partition(0, 100, null, (Lookup) null)));

        assertThat(read.plan().offsets()).isZero();
        assertThat(read.notes()).singleElement().asString().contains("begins at 2026-11-22T14:15:01Z");
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
