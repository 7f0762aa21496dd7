package io.tidegate.engine.plan;

import io.tidegate.engine.plan.BrokerAnswers.PartitionAnswer;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Widens the plan of a window by what earlier copies know. Between the offset up to which the window before was read and the
 * begin that was found by time stand only records that are older than both and that nobody has read: they are read now, to
 * be counted as late. And a window whose late records are known is read as far as they reach.
 */
public final class PlanWidening {
    private final WindowHistory history;
    private final List<String> notes;

    private PlanWidening(WindowHistory history, List<String> notes) {
        this.history = history;
        this.notes = new ArrayList<>(notes);
    }

    /**
     * The same plan where nothing is known, or where the plan is not of a window with two ends. Late records are included only
     * where the window before was copied: else they might be those that its copy will write.
     */
    public static PlannedRead widen(PlannedRead read, WindowHistory history, LatePolicy policy, BrokerAnswers answers) {
        OffsetPlan plan = read.plan();
        if (history.equals(WindowHistory.NONE) || plan.windowStart() == null || plan.windowEnd() == null) {
            return read;
        }
        PlanWidening widening = new PlanWidening(history, read.notes());
        Map<Integer, PartitionAnswer> byNumber = new HashMap<>();
        answers.partitions().forEach(p -> byNumber.put(p.partition(), p));
        for (PartitionAnswer partition : answers.partitions()) {
            if (widening.contradicts(partition)) {
                return new PlannedRead(plan, widening.notes);
            }
        }
        List<PartitionRange> ranges = new ArrayList<>();
        for (PartitionRange range : plan.partitions()) {
            ranges.add(widening.widen(range, Objects.requireNonNull(byNumber.get(range.partition()))));
        }
        return new PlannedRead(
                new OffsetPlan(
                        plan.topic(),
                        plan.topicId(),
                        plan.windowStart(),
                        plan.windowEnd(),
                        plan.plannedAt(),
                        ranges,
                        policy == LatePolicy.INCLUDE && history.adjacent()),
                widening.notes);
    }

    /** Offsets only grow. Where the log is shorter than what was read of it, the history tells of another one. */
    private boolean contradicts(PartitionAnswer p) {
        long known = Math.max(
                history.readUpTo().getOrDefault(p.partition(), 0L),
                history.reach().getOrDefault(p.partition(), 0L));
        if (known <= p.logEnd()) {
            return false;
        }
        notes.add(
                "Partition %d ends at offset %d, but an earlier copy has read up to %d: the topic was made anew, or lost records. Late records of earlier windows cannot be told from others this time."
                        .formatted(p.partition(), p.logEnd(), known));
        return true;
    }

    private PartitionRange widen(PartitionRange range, PartitionAnswer p) {
        Long lateFrom = lateFrom(p);
        long begin = range.begin();
        if (lateFrom != null && history.adjacent()) {
            begin = Math.min(begin, Math.max(lateFrom, p.logStart()));
            if (lateFrom < p.logStart()) {
                notes.add(
                        "Partition %d: the offsets %d to %d, which no copy has read, were deleted: late records among them are lost."
                                .formatted(p.partition(), lateFrom, p.logStart() - 1));
            }
        }
        long end = range.end();
        EndSource source = range.endSource();
        long reach = Math.min(history.reach().getOrDefault(p.partition(), 0L), p.logEnd());
        if (reach > end) {
            end = reach;
            source = reach == p.logEnd() ? EndSource.LOG_END : EndSource.HISTORY;
        }
        Long taken = history.takenFrom().get(p.partition());
        if (taken != null && taken < end) {
            end = Math.max(begin, taken);
            source = EndSource.TAKEN;
            notes.add(
                    "Partition %d is read up to offset %d only: from there on the following window has written the records of this one itself."
                            .formatted(p.partition(), end));
        }
        return new PartitionRange(p.partition(), begin, end, source, lateFrom);
    }

    private @Nullable Long lateFrom(PartitionAnswer p) {
        Long known = history.readUpTo().get(p.partition());
        return known == null && madeSince(p.partition()) ? Long.valueOf(p.logStart()) : known;
    }

    /** Whether a partition did not exist yet when all of the topic was read: then nobody has read anything of it. */
    private boolean madeSince(int partition) {
        TreeSet<Integer> known = new TreeSet<>(history.readUpTo().keySet());
        return history.adjacent() && !known.isEmpty() && known.last() == known.size() - 1 && partition > known.last();
    }
}
