package io.tidegate.engine.plan;

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
 * Turns the broker's answers into offsets. The begin of a range is exact whatever the order of the timestamps: no record
 * at or after the window's start stands before it. The end is not, and therefore lies behind the window's end by the
 * allowed lateness.
 */
public final class OffsetPlanner {
    private final BrokerAnswers answers;
    private final List<String> notes = new ArrayList<>();

    private OffsetPlanner(BrokerAnswers answers) {
        this.answers = answers;
    }

    /**
     * Makes a new plan.
     *
     * @throws PlanRefused when the plan would miss records and nobody would know
     */
    public static PlannedRead plan(ReadRange range, BrokerAnswers answers) throws PlanRefused {
        OffsetPlanner planner = new OffsetPlanner(answers);
        List<PartitionRange> ranges = new ArrayList<>();
        for (PartitionAnswer partition : answers.partitions()) {
            ranges.add(
                    range instanceof ReadRange.Window window
                            ? planner.byTime(partition, window)
                            : planner.byOffset(partition, (ReadRange.Offsets) range));
        }
        Instant start = range instanceof ReadRange.Window w ? w.start() : null;
        Instant end = range instanceof ReadRange.Window w ? w.end() : null;
        if (end != null && end.isAfter(answers.askedAt())) {
            planner.notes.add(
                    "The window ends at %s, after this plan was made: records that arrive until then are not in it."
                            .formatted(end));
        }
        return new PlannedRead(
                new OffsetPlan(answers.topic(), answers.topicId(), start, end, answers.askedAt(), ranges),
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

    private PartitionRange byTime(PartitionAnswer p, ReadRange.Window window) throws PlanRefused {
        if (p.timestamps() == Timestamps.ABSENT) {
            throw new PlanRefused(
                    Reason.NO_TIMESTAMPS,
                    "The records of topic %s, partition %d carry no timestamps, so that a window of time cannot be found in them. Set message.timestamp.type or read by offsets."
                            .formatted(answers.topic(), p.partition()));
        }
        refuseIfExpired(p, window);
        long begin = p.atStart() == null ? p.logEnd() : clamp(p.atStart().offset(), p);
        Lookup atEnd = p.atEnd();
        if (atEnd == null || window.lateness().duration() == null) {
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        if (atEnd.timestamp() > answers.askedAt().toEpochMilli()) {
            notes.add(
                    "Partition %d: the record at offset %d carries the time %s, which is still to come: a producer's clock is wrong. Reading to the log end instead of trusting the look-up by time."
                            .formatted(p.partition(), atEnd.offset(), Instant.ofEpochMilli(atEnd.timestamp())));
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        if (!atEnd.record()) {
            notes.add(
                    "Partition %d: the look-up by time met the marker of a transaction at offset %d, which carries the broker's clock. Reading to the log end instead of trusting it."
                            .formatted(p.partition(), atEnd.offset()));
            return new PartitionRange(p.partition(), begin, p.logEnd(), EndSource.LOG_END);
        }
        long end = Math.max(begin, clamp(atEnd.offset(), p));
        return new PartitionRange(
                p.partition(), begin, end, end == p.logEnd() ? EndSource.LOG_END : EndSource.TIMESTAMP);
    }

    private static long clamp(long offset, PartitionAnswer p) {
        return Math.min(Math.max(offset, p.logStart()), p.logEnd());
    }

    /**
     * Records before the log's start may have belonged to the window. That is certain for none of them, so the topic's
     * retention decides: what it cannot have deleted yet was never there.
     */
    private void refuseIfExpired(PartitionAnswer p, ReadRange.Window window) throws PlanRefused {
        boolean nothingDeleted = p.logStart() == 0;
        boolean startStillThere =
                p.atStart() == null ? p.logStart() < p.logEnd() : p.atStart().offset() > p.logStart();
        if (nothingDeleted || startStillThere) {
            return;
        }
        Retention retention = answers.retention();
        Duration kept = retention.time();
        boolean mayHaveExpired = retention.limitedBySize()
                || (kept != null && window.start().isBefore(answers.askedAt().minus(kept)));
        if (mayHaveExpired) {
            throw new PlanRefused(
                    Reason.EXPIRED,
                    "Partition %d of topic %s begins at offset %d%s: records of the window that starts at %s may have been deleted already (%s). Choose a later window, or keep records longer."
                            .formatted(
                                    p.partition(),
                                    answers.topic(),
                                    p.logStart(),
                                    firstTime(p.atStart()),
                                    window.start(),
                                    describe(retention)));
        }
        notes.add(
                "Partition %d begins at offset %d: older records were deleted. They are taken to lie before the window, because the topic keeps records for %s."
                        .formatted(p.partition(), p.logStart(), kept == null ? "ever" : kept));
    }

    private static String firstTime(@Nullable Lookup first) {
        return first == null ? "" : ", with the time " + Instant.ofEpochMilli(first.timestamp());
    }

    private static String describe(Retention retention) {
        if (retention.limitedBySize()) {
            return "the topic deletes by size";
        }
        return retention.known()
                ? "the topic keeps records for " + retention.time()
                : "the broker does not tell how long it keeps records; %s is assumed".formatted(retention.time());
    }

    private PartitionRange byOffset(PartitionAnswer p, ReadRange.Offsets range) throws PlanRefused {
        if (range.begin() < range.end()) {
            refuseIfDeleted(answers.topic(), p.partition(), range.begin(), p.logStart());
        }
        if (range.end() > p.logEnd()) {
            throw new PlanRefused(
                    Reason.TOPIC_CHANGED,
                    "Partition %d of topic %s ends at offset %d, but the job reads up to %d."
                            .formatted(p.partition(), answers.topic(), p.logEnd(), range.end()));
        }
        return new PartitionRange(p.partition(), range.begin(), range.end(), EndSource.OFFSET);
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
