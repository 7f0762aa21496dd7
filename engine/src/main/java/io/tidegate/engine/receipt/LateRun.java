package io.tidegate.engine.receipt;

import java.time.Instant;

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
public record LateRun(
        int partition, long firstOffset, long lastOffset, Instant minTimestamp, Instant maxTimestamp) {

    public LateRun {
        if (firstOffset < 0 || lastOffset < firstOffset || maxTimestamp.isBefore(minTimestamp)) {
            throw new IllegalArgumentException("partition %d: offsets %d to %d from %s to %s are no run"
                    .formatted(partition, firstOffset, lastOffset, minTimestamp, maxTimestamp));
        }
    }

    /** How many records it is. */
    public long count() {
        return lastOffset - firstOffset + 1;
    }
}
