package io.tidegate.engine.plan;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the broker's answers into offsets. A begin that is a time is exact whatever the order of the timestamps: no record
 * at or after it stands before it. An end that is a time is not, and therefore lies behind that time by the allowed
 * lateness.
 */
public final class OffsetPlanner {
    private final ReadRange range;
    private final BrokerAnswers answers;
    private final List<String> notes = new ArrayList<>();

    private OffsetPlanner(ReadRange range, BrokerAnswers answers) {
        this.range = range;
        this.answers = answers;
    }

    /**
     * Makes a new plan.
     *
     * @throws PlanRefused when the plan would miss records and nobody would know
     */
    public static PlannedRead plan(ReadRange range, BrokerAnswers answers) throws PlanRefused {
        OffsetPlanner planner = new OffsetPlanner(range, answers);
        List<PartitionRange> ranges = new ArrayList<>();
        for (PartitionAnswer partition : answers.partitions()) {
            ranges.add(planner.range(partition));
        }
        if (range.begin() instanceof Bound.At start && start.instant().isAfter(answers.askedAt())) {
            planner.notes.add(
                    "The window begins at %s, after this plan was made: nothing but records with a wrong clock can be in it."
                            .formatted(start.instant()));
        } else if (range.end() instanceof Bound.At end && end.instant().isAfter(answers.askedAt())) {
            planner.notes.add(
                    "The window ends at %s, after this plan was made: records that arrive until then are not in it."
                            .formatted(end.instant()));
        }
        return new PlannedRead(
                new OffsetPlan(
                        answers.topic(),
                        answers.topicId(),
                        range.windowStart(),
                        range.windowEnd(),
                        answers.askedAt(),
                        ranges),
                planner.notes);
    }

    /**
     * Checks that a plan of an earlier attempt can still be read as it stands.
     *
     * @throws PlanRefused when records of it have been deleted, or the topic is not the one it was
     */
    public static void recheck(OffsetPlan plan, BrokerAnswers answers) throws PlanRefused {
        if (plan.topicId() != null
                && answers.topicId() != null
                && !plan.topicId().equals(answers.topicId())) {
            throw new PlanRefused(
                    Reason.TOPIC_CHANGED,
                    "Topic %s was deleted and created anew since its offsets were planned at %s. Rerun the instance by hand to make a new plan."
                            .formatted(plan.topic(), plan.plannedAt()));
        }
        Map<Integer, PartitionAnswer> byNumber = new HashMap<>();
        answers.partitions().forEach(p -> byNumber.put(p.partition(), p));
        for (PartitionRange range : plan.partitions()) {
            PartitionAnswer now = byNumber.get(range.partition());
            if (range.begin() == range.end()) {
                continue;
            }
            if (now == null || range.end() > now.logEnd()) {
                throw new PlanRefused(
                        Reason.TOPIC_CHANGED,
                        "Partition %d of topic %s ends at offset %s, but the plan of %s reads up to %d: the topic was recreated or lost records. Rerun the instance by hand to make a new plan."
                                .formatted(
                                        range.partition(),
                                        plan.topic(),
                                        now == null ? "none" : String.valueOf(now.logEnd()),
                                        plan.plannedAt(),
                                        range.end()));
            }
            refuseIfDeleted(plan.topic(), range.partition(), range.begin(), now.logStart());
        }
    }

    private PartitionRange range(PartitionAnswer p) throws PlanRefused {
        if (range.byTime() && p.timestamps() == Timestamps.ABSENT) {
            throw new PlanRefused(
                    Reason.NO_TIMESTAMPS,
                    "The records of topic %s, partition %d carry no timestamps, so that a window of time cannot be found in them. Raise message.format.version of the topic to 0.10.0 or later for the records to come, and read these by offsets."
                            .formatted(answers.topic(), p.partition()));
        }
        if (range.begin() instanceof Bound.Offset from
                && range.end() instanceof Bound.Offset to
                && from.offset() == to.offset()) {
            return new PartitionRange(p.partition(), from.offset(), to.offset(), EndSource.OFFSET);
        }
        return end(p, begin(p));
    }

    private long begin(PartitionAnswer p) throws PlanRefused {
        Bound begin = range.begin();
        if (begin instanceof Bound.At at) {
            return byTime(p, at);
        }
        if (begin instanceof Bound.Offset offset) {
            return position(p, offset.offset());
        }
        if (begin instanceof Bound.Committed committed) {
            return p.committed() == null ? uncommitted(p, committed) : position(p, p.committed());
        }
        return begin instanceof Bound.Earliest ? p.logStart() : p.logEnd();
    }

    private long byTime(PartitionAnswer p, Bound.At start) throws PlanRefused {
        boolean lost = mayHaveExpired(p, start);
        if (lost && range.reset() == OffsetReset.LATEST) {
            return p.logEnd();
        }
        noteWrongClockAtStart(p);
        if (p.atStart() != null) {
            return clamp(p.atStart().offset(), p);
        }
        return p.floor() == null ? p.logEnd() : clamp(p.floor(), p);
    }

    private void noteWrongClockAtStart(PartitionAnswer p) {
        Lookup atStart = p.atStart();
        if (atStart != null && atStart.timestamp() > answers.askedAt().toEpochMilli()) {
            notes.add(
                    "Partition %d: the record at offset %d carries the time %s, which is still to come: a producer's clock is wrong. Whatever follows it may belong to the window, so all of it is read."
                            .formatted(p.partition(), atStart.offset(), Instant.ofEpochMilli(atStart.timestamp())));
        }
    }

    private PartitionRange end(PartitionAnswer p, long begin) throws PlanRefused {
        if (range.end() instanceof Bound.Offset to) {
            return upTo(p, begin, to.offset());
        }
        noteOpenTransaction(p);
        EndLookup atEnd = p.atEnd();
        if (atEnd == null || range.endLookUp() == null) {
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        if (atEnd.timestamp() > answers.askedAt().toEpochMilli()) {
            // Said once where it is the same record that begins the plan.
            if (p.atStart() == null || p.atStart().offset() != atEnd.offset()) {
                notes.add(
                        "Partition %d: the record at offset %d carries the time %s, which is still to come: a producer's clock is wrong. Reading to the log end instead of trusting the look-up by time."
                                .formatted(p.partition(), atEnd.offset(), Instant.ofEpochMilli(atEnd.timestamp())));
            }
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        // A group goes on from there, so that an end that lies too early costs it nothing.
        boolean group = range.groupId() != null;
        if (!atEnd.believed() && !group) {
            notes.add(
                    "Partition %d: the look-up by time answered with offset %d (%s), but most of what follows it is older: a clock ran ahead, or it is the marker of a transaction with the broker's clock. Reading on up to offset %d."
                            .formatted(
                                    p.partition(),
                                    atEnd.offset(),
                                    Instant.ofEpochMilli(atEnd.timestamp()),
                                    atEnd.end()));
        }
        long end = Math.max(begin, clamp(group ? atEnd.offset() : atEnd.end(), p));
        return new PartitionRange(
                p.partition(), begin, end, end == p.logEnd() ? EndSource.LOG_END : EndSource.TIMESTAMP);
    }

    private void noteOpenTransaction(PartitionAnswer p) {
        if (p.held() > 0) {
            notes.add(
                    "Partition %d: a transaction that is still open keeps %d offsets from %d on from being read. Records of the window among them come late."
                            .formatted(p.partition(), p.held(), p.logEnd()));
        }
    }

    private PartitionRange upTo(PartitionAnswer p, long begin, long end) throws PlanRefused {
        if (end > p.logEnd() && range.quietFor() != null) {
            notes.add(
                    "Partition %d: the log ends at offset %d and has not grown for %d seconds; offset %d was not waited for."
                            .formatted(
                                    p.partition(), p.logEnd(), range.quietFor().toSeconds(), end));
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        if (end > p.logEnd()) {
            throw new PlanRefused(
                    Reason.TOPIC_CHANGED,
                    "Partition %d of topic %s ends at offset %d, but the job reads up to %d."
                            .formatted(p.partition(), answers.topic(), p.logEnd(), end));
        }
        return new PartitionRange(p.partition(), begin, Math.max(begin, end), EndSource.OFFSET);
    }

    private static long clamp(long offset, PartitionAnswer p) {
        return Math.min(Math.max(offset, p.logStart()), p.logEnd());
    }

    /** An offset that somebody named, where it is there; what the reset says where it is not. */
    private long position(PartitionAnswer p, long offset) throws PlanRefused {
        if (offset >= p.logStart() && offset <= p.logEnd()) {
            return offset;
        }
        if (range.reset() == OffsetReset.NONE) {
            refuseIfDeleted(answers.topic(), p.partition(), offset, p.logStart());
            throw new PlanRefused(
                    Reason.TOPIC_CHANGED,
                    "Partition %d of topic %s ends at offset %d, but the copy is to begin at %d: the topic was recreated or lost records."
                            .formatted(p.partition(), answers.topic(), p.logEnd(), offset));
        }
        return reset(
                p,
                "Offset %d of partition %d is not there; the log holds offsets %d to %d."
                        .formatted(offset, p.partition(), p.logStart(), p.logEnd() - 1));
    }

    private long uncommitted(PartitionAnswer p, Bound.Committed group) throws PlanRefused {
        String what = "Consumer group %s has committed no offset for partition %d of topic %s."
                .formatted(group.groupId(), p.partition(), answers.topic());
        if (range.reset() == OffsetReset.NONE) {
            throw new PlanRefused(
                    Reason.NO_GROUP_OFFSET,
                    what
                            + " Set autoOffsetReset to earliest or latest for the first run, or begin at a time or an offset.");
        }
        return reset(p, what);
    }

    private long reset(PartitionAnswer p, String what) {
        boolean earliest = range.reset() == OffsetReset.EARLIEST;
        long offset = earliest ? p.logStart() : p.logEnd();
        notes.add("%s As autoOffsetReset says, partition %d is read from %s, offset %d."
                .formatted(
                        what,
                        p.partition(),
                        earliest ? "the first record that is left" : "the log end, passing over what is in it",
                        offset));
        return offset;
    }

    /**
     * Records before the log's start may have belonged to the window. That is certain for none of them, so the topic's
     * retention decides: what it cannot have deleted yet was never there.
     *
     * @return whether some may have been deleted, where the reset allows it
     */
    private boolean mayHaveExpired(PartitionAnswer p, Bound.At start) throws PlanRefused {
        if (p.logStart() == 0 || olderRecordsAreLeft(p)) {
            return false;
        }
        Retention retention = answers.retention();
        Duration kept = retention.time();
        if (!retention.mayHaveDeleted(start.instant(), answers.askedAt())) {
            notes.add(
                    "Partition %d begins at offset %d: older records were deleted. They are taken to lie before the window, because the topic keeps records for %s."
                            .formatted(p.partition(), p.logStart(), kept));
            return false;
        }
        String what =
                "Partition %d of topic %s begins at offset %d%s: records of the window that starts at %s may have been deleted already (%s)."
                        .formatted(
                                p.partition(),
                                answers.topic(),
                                p.logStart(),
                                firstTime(p.atStart()),
                                start.instant(),
                                retention.text());
        if (range.reset() == OffsetReset.NONE) {
            throw new PlanRefused(Reason.EXPIRED, what + " " + cure(retention));
        }
        var unused = reset(p, what);
        return true;
    }

    /**
     * Whether the log still begins with records that are older than the window by more than the allowed lateness: records
     * of the window then never stood before them.
     */
    private static boolean olderRecordsAreLeft(PartitionAnswer p) {
        if (p.nearStart() != null) {
            return p.nearStart().offset() > p.logStart();
        }
        long first = p.floor() == null ? p.logEnd() : p.floor();
        return first > p.logStart();
    }

    private static String firstTime(@Nullable Lookup first) {
        return first == null ? "" : ", with the time " + Instant.ofEpochMilli(first.timestamp());
    }

    /** The log cannot tell whether what was deleted belonged to the window; whoever deleted it can. */
    private static String cure(Retention retention) {
        boolean byHand = retention.time() == null && !retention.limitedBySize();
        return (byHand
                        ? "If none of the deleted records belonged to the window, or those that did can be done without, "
                        : "Choose a later window, or keep records longer. If what is left is enough, ")
                + "set autoOffsetReset to earliest in the reader: the copy then reads what is left, and its log says so.";
    }

    private static void refuseIfDeleted(String topic, int partition, long begin, long logStart) throws PlanRefused {
        if (begin < logStart) {
            throw new PlanRefused(
                    Reason.EXPIRED,
                    "Partition %d of topic %s now begins at offset %d; the records from offset %d on that this copy needs have been deleted."
                            .formatted(partition, topic, logStart, begin));
        }
    }
}
