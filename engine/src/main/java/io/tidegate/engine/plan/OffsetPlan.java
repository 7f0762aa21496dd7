package io.tidegate.engine.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which offsets of which partitions a copy reads. Frozen before the first read; automatic retries read the same.
 *
 * @param topic Kafka topic
 * @param topicId the broker's id of the topic, which changes when it is deleted and made anew; null on old brokers
 * @param windowStart first instant of the window, included; null when no time begins the read
 * @param windowEnd first instant after the window; null when records are not left out by an end
 * @param plannedAt when the broker was asked
 * @param partitions one entry for each partition, ascending, the empty ones too
 * @param includesLate whether late records of older windows are written with this one
 */
public record OffsetPlan(
        String topic,
        @Nullable String topicId,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        Instant plannedAt,
        List<PartitionRange> partitions,
        boolean includesLate) {

    public OffsetPlan {
        partitions = List.copyOf(partitions);
    }

    /** A plan that leaves late records out. */
    public OffsetPlan(
            String topic,
            @Nullable String topicId,
            @Nullable Instant windowStart,
            @Nullable Instant windowEnd,
            Instant plannedAt,
            List<PartitionRange> partitions) {
        this(topic, topicId, windowStart, windowEnd, plannedAt, partitions, false);
    }

    /** From which offset on records of a partition that lie before the window are late; null when that is not known. */
    public @Nullable Long lateFrom(int partition) {
        for (PartitionRange range : partitions) {
            if (range.partition() == partition) {
                return range.lateFrom();
            }
        }
        return null;
    }

    /** Number of offsets the plan covers: an upper bound of the records in it. */
    public long offsets() {
        return partitions.stream().mapToLong(p -> p.end() - p.begin()).sum();
    }

    /**
     * @param partition Kafka partition
     * @param begin first offset read
     * @param end first offset not read; at least {@code begin}
     * @param endSource why the reading ends there
     * @param lateFrom records from this offset on that lie before the window are late: the copy of the window before has not
     *     read them; null when that is not known
     */
    public record PartitionRange(
            int partition,
            long begin,
            long end,
            EndSource endSource,
            @Nullable Long lateFrom) {
        public PartitionRange {
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        "partition %d: [%d, %d) is no range of offsets".formatted(partition, begin, end));
            }
        }

        /** A range of which nothing earlier is known. */
        public PartitionRange(int partition, long begin, long end, EndSource endSource) {
            this(partition, begin, end, endSource, null);
        }
    }

    /** Why a partition's range ends where it does. */
    public enum EndSource {
        /** At the first record at or after the window's end plus the allowed lateness, which is none for a group. */
        TIMESTAMP,
        /** At the end of the log as it was when the plan was made. */
        LOG_END,
        /** At an offset that the job names. */
        OFFSET,
        /** Behind the last record that is known to belong to the window, or where the copy that is replaced ended. */
        HISTORY,
        /** Where the copy of the following window begins to write the records of this one. */
        TAKEN
    }
}
