package io.tidegate.engine.plan;

import java.util.Map;

/**
 * What earlier copies of a job know about a window that is about to be planned. All maps go from Kafka partition to offset.
 *
 * @param readUpTo the first offset that the newest copy of the nearest earlier window did not read
 * @param adjacent whether that earlier window ends where this one starts
 * @param reach how far this window must be read: behind the last record that is known to belong to it, and as far as the
 *     copy that is replaced has read
 * @param takenFrom the offset from which on the copy of the following window has written the records of this one itself
 */
public record WindowHistory(
        Map<Integer, Long> readUpTo, boolean adjacent, Map<Integer, Long> reach, Map<Integer, Long> takenFrom) {
    /** Nothing is known: the first window of a job, or a job that keeps no history. */
    public static final WindowHistory NONE = new WindowHistory(Map.of(), false, Map.of(), Map.of());

    public WindowHistory {
        readUpTo = Map.copyOf(readUpTo);
        reach = Map.copyOf(reach);
        takenFrom = Map.copyOf(takenFrom);
    }
}
