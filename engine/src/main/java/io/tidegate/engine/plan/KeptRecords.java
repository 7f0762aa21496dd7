package io.tidegate.engine.plan;

import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a topic still holds, as far as one cheap look tells. Says of any window whether a plan would find that records of it may
 * have been deleted; a plan itself asks again, and more.
 *
 * @param askedAt when
 * @param retention which records the topic may delete
 */
public record KeptRecords(String topic, Instant askedAt, Retention retention, List<Partition> partitions) {
    public KeptRecords {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition's log.
     *
     * @param first the first record that has a timestamp; null when there is none
     */
    public record Partition(
            int partition,
            long logStart,
            long logEnd,
            @Nullable Lookup first) {}

    /** Whether records at or after the start of a window may have been deleted: by the rule of {@link OffsetPlanner}. */
    public boolean mayLack(Instant start, Lateness lateness, @Nullable Integer only) {
        if (!retention.mayHaveDeleted(start, askedAt)) {
            return false;
        }
        Duration allowed = lateness.duration();
        long near = start.minus(allowed != null ? allowed : Objects.requireNonNull(Lateness.DEFAULT.duration()))
                .toEpochMilli();
        return partitions.stream()
                .filter(p -> only == null || only == p.partition())
                .anyMatch(p -> p.logStart() > 0 && !olderRecordsAreLeft(p, near));
    }

    /** The timestamp of the oldest record that is left, as far as it can be told without reading. */
    public Optional<Instant> oldest() {
        return partitions.stream()
                .map(Partition::first)
                .filter(Objects::nonNull)
                .map(first -> Instant.ofEpochMilli(first.timestamp()))
                .min(Instant::compareTo);
    }

    private static boolean olderRecordsAreLeft(Partition p, long near) {
        Lookup first = p.first();
        return first == null ? p.logEnd() > p.logStart() : first.offset() > p.logStart() || first.timestamp() < near;
    }
}
