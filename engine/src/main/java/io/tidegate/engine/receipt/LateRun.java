package io.tidegate.engine.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Late records at offsets without a gap: each offset from the first to the last is one. All their timestamps lie within one
 * minute, so that they belong together to one window wherever windows begin and end on the minute.
 *
 * @param partition Kafka partition
 * @param firstOffset offset of the first record
 * @param lastOffset offset of the last record, included
 * @param minTimestamp smallest timestamp among them
 * @param maxTimestamp largest timestamp among them
 */
public record LateRun(int partition, long firstOffset, long lastOffset, Instant minTimestamp, Instant maxTimestamp) {

    public LateRun {
        if (firstOffset < 0 || lastOffset < firstOffset || maxTimestamp.isBefore(minTimestamp)) {
            throw new IllegalArgumentException("partition %d: offsets %d to %d from %s to %s are no run"
                    .formatted(partition, firstOffset, lastOffset, minTimestamp, maxTimestamp));
        }
    }

    /** Both as one run; null when they are not one, because of a gap or of the minute. The other one follows this one. */
    public @Nullable LateRun joined(LateRun next) {
        boolean one = next.partition == partition
                && next.firstOffset == lastOffset + 1
                && next.minTimestamp
                        .truncatedTo(ChronoUnit.MINUTES)
                        .equals(minTimestamp.truncatedTo(ChronoUnit.MINUTES));
        return one
                ? new LateRun(
                        partition,
                        firstOffset,
                        next.lastOffset,
                        next.minTimestamp.isBefore(minTimestamp) ? next.minTimestamp : minTimestamp,
                        next.maxTimestamp.isAfter(maxTimestamp) ? next.maxTimestamp : maxTimestamp)
                : null;
    }

    /** How many records it is. */
    public long count() {
        return lastOffset - firstOffset + 1;
    }
}
