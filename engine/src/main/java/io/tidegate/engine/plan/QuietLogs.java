package io.tidegate.engine.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says when logs that are watched may be planned: each one has reached the end of the read, or has not grown for a while.
 * Times are those of a clock that never goes back, in nanoseconds.
 */
public final class QuietLogs {
    private final long quietNanos;
    private final Map<Integer, Seen> partitions = new TreeMap<>();

    private record Seen(long logEnd, long grewAtNanos, boolean reached) {}

    /**
     * @param quietFor a log that has not grown for so long is quiet
     */
    public QuietLogs(Duration quietFor) {
        this.quietNanos = quietFor.toNanos();
    }

    /**
     * Takes down one look at a partition.
     *
     * @param reached whether what ends the read is in the log
     */
    public void saw(int partition, long logEnd, boolean reached, long nanos) {
        Seen before = partitions.get(partition);
        long grewAtNanos = before != null && before.logEnd() == logEnd ? before.grewAtNanos() : nanos;
        partitions.put(partition, new Seen(logEnd, grewAtNanos, reached));
    }

    /** The partitions that are still to be waited for. One that was quiet and grew again is among them. */
    public List<Integer> awaited(long nanos) {
        return partitions.entrySet().stream()
                .filter(p -> !p.getValue().reached() && nanos - p.getValue().grewAtNanos() < quietNanos)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The partitions that have not reached the end, and are only quiet. */
    public List<Integer> notReached() {
        return partitions.entrySet().stream()
                .filter(p -> !p.getValue().reached())
                .map(Map.Entry::getKey)
                .toList();
    }
}
