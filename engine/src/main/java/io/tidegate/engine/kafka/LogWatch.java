package io.tidegate.engine.kafka;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.plan.Bound;
import io.tidegate.engine.plan.QuietLogs;
import io.tidegate.engine.plan.ReadRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits, before a plan is made, until the end of the read is in the log of each partition or the log is quiet. */
public final class LogWatch {
    /** So that a request to stop is noticed within two seconds, whatever the broker does. */
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(1500);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(60);
    private static final Duration NAP = Duration.ofMillis(100);

    /** A partition with a younger record may be pausing only. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final KafkaAccess access;
    private final List<TopicPartition> partitions;
    private final ReadRange range;
    private final QuietLogs logs;
    private final Duration lookEvery;
    private final InstantSource clock;

    /**
     * @param partitions those that will be read
     * @param quietFor a log that has not grown for so long is quiet
     */
    public LogWatch(
            KafkaAccess access,
            String topic,
            Collection<Integer> partitions,
            ReadRange range,
            Duration quietFor,
            InstantSource clock) {
        this.access = access;
        this.partitions =
                partitions.stream().map(p -> new TopicPartition(topic, p)).toList();
        this.range = range;
        this.logs = new QuietLogs(quietFor);
        this.lookEvery = quietFor.dividedBy(4).compareTo(LOOK_EVERY) < 0 ? quietFor.dividedBy(4) : LOOK_EVERY;
        this.clock = clock;
    }

    /**
     * How a wait ended.
     *
     * @param quiet partitions that have not reached the end
     * @param young of these, the ones with a record of the last ten minutes, and the time of the first of them
     */
    public record Quiet(List<Integer> quiet, Map<Integer, Instant> young) {}

    /**
     * Blocks until it is time to plan.
     *
     * @param awaited told now and then which partitions are waited for
     * @return nothing when the cancellation was requested
     */
    public Optional<Quiet> await(Cancellation cancellation, Consumer<List<Integer>> awaited) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            long answeredNanos = System.nanoTime();
            long saidNanos = answeredNanos - SAY_EVERY.toNanos();
            while (!cancellation.requested() && !Thread.currentThread().isInterrupted()) {
                try {
                    look(consumer);
                    answeredNanos = System.nanoTime();
                    List<Integer> open = logs.awaited(answeredNanos);
                    if (open.isEmpty()) {
                        return Optional.of(new Quiet(logs.notReached(), young(consumer)));
                    }
                    if (answeredNanos - saidNanos >= SAY_EVERY.toNanos()) {
                        saidNanos = answeredNanos;
                        awaited.accept(open);
                    }
                } catch (TimeoutException e) {
                    if (System.nanoTime() - answeredNanos > access.stallLimit().toNanos()) {
                        throw KafkaErrors.failure(e, access.cluster());
                    }
                }
                nap(cancellation);
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    private void look(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_LIMIT);
        Map<TopicPartition, OffsetAndTimestamp> past =
                range.end() instanceof Bound.At at ? lookUp(consumer, at.instant()) : Map.of();
        long nanos = System.nanoTime();
        ends.forEach(
                (partition, end) -> logs.saw(partition.partition(), end, reached(end, past.get(partition)), nanos));
    }

    private boolean reached(long logEnd, @Nullable OffsetAndTimestamp past) {
        if (range.begin() instanceof Bound.Latest || range.end() instanceof Bound.Latest) {
            return true;
        }
        if (range.end() instanceof Bound.Offset end) {
            return logEnd >= end.offset();
        }
        // A record with a time that is still to come says nothing about the others.
        return past != null && past.timestamp() <= clock.instant().toEpochMilli();
    }

    private Map<TopicPartition, OffsetAndTimestamp> lookUp(KafkaConsumer<byte[], byte[]> consumer, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, Math.max(0, time.toEpochMilli())));
        return consumer.offsetsForTimes(times, ANSWER_LIMIT);
    }

    private Map<Integer, Instant> young(KafkaConsumer<byte[], byte[]> consumer) {
        List<Integer> quiet = logs.notReached();
        Map<Integer, Instant> young = new TreeMap<>();
        if (!quiet.isEmpty()) {
            lookUp(consumer, clock.instant().minus(IDLE)).forEach((partition, found) -> {
                if (found != null && quiet.contains(partition.partition())) {
                    young.put(partition.partition(), Instant.ofEpochMilli(found.timestamp()));
                }
            });
        }
        return young;
    }

    private void nap(Cancellation cancellation) {
        long until = System.nanoTime() + lookEvery.toNanos();
        while (System.nanoTime() - until < 0 && !cancellation.requested()) {
            LockSupport.parkNanos(Math.min(NAP.toNanos(), Math.max(1, until - System.nanoTime())));
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
