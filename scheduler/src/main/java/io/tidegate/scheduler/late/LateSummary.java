package io.tidegate.scheduler.late;

import io.tidegate.scheduler.instance.Relative;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The late records of one window, as its newest copy stands to them.
 *
 * @param missing how many are not in it
 * @param repaired how many it has reached
 * @param included how many were written with the window in which they were found
 * @param since when the first missing one was found; null when none is missing
 * @param repairable whether a rerun replaces the partition; where rows are added, it would double them
 * @param partitions where the missing ones are, one entry for each Kafka partition, ascending
 * @param foundBy instances that found missing ones, at most {@value #FINDERS_MAX}
 */
public record LateSummary(
        long missing,
        long repaired,
        long included,
        @Nullable Instant since,
        boolean repairable,
        List<MissingRange> partitions,
        List<Relative> foundBy) {
    static final int FINDERS_MAX = 20;

    public LateSummary {
        partitions = List.copyOf(partitions);
        foundBy = List.copyOf(foundBy);
    }

    /**
     * The missing records of one Kafka partition.
     *
     * @param records how many
     * @param firstOffset offset of the first
     * @param lastOffset offset of the last; not all between the two are late
     */
    public record MissingRange(int partition, long records, long firstOffset, long lastOffset) {}
}
