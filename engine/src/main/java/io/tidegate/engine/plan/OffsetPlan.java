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
 */
public record OffsetPlan(
        String topic,
        @Nullable String topicId,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        Instant plannedAt,
        List<PartitionRange> partitions) {

    public OffsetPlan {
        partitions = List.copyOf(partitions);
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
     */
    public record PartitionRange(int partition, long begin, long end, EndSource endSource) {
        public PartitionRange {
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        "partition %d: [%d, %d) is no range of offsets".formatted(partition, begin, end));
            }
        }
    }

    /** Why a partition's range ends where it does. */
    public enum EndSource {
        /** At the first record at or after the window's end plus the allowed lateness, which is none for a group. */
        TIMESTAMP,
        /** At the end of the log as it was when the plan was made. */
        LOG_END,
        /** At an offset that the job names. */
        OFFSET
    }
}
