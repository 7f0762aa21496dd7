package io.tidegate.engine.kafka;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.mapping.SourceRecord.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads the offsets {@code [begin, end)} of one partition. Not thread-safe.
 *
 * <ol>
 *   <li>{@link #poll} until {@link #atEnd}; an empty list only means that nothing came yet;
 *   <li>{@link #close}.
 * </ol>
 */
public final class PartitionReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);

    private final KafkaAccess access;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private long position;
    private long quietNanos;

    private PartitionReader(
            KafkaAccess access,
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long begin,
            long end) {
        this.access = access;
        this.consumer = consumer;
        this.partition = partition;
        this.position = begin;
        this.end = end;
    }

    /** Opens a consumer of its own that belongs to no group and commits nothing. */
    public static PartitionReader open(KafkaAccess access, String topic, int partition, long begin, long end)
            throws EngineFailure {
        KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access);
        TopicPartition assigned = new TopicPartition(topic, partition);
        consumer.assign(Set.of(assigned));
        consumer.seek(assigned, begin);
        return new PartitionReader(access, consumer, assigned, begin, end);
    }

    /** The next offset to read. It moves past offsets that hold no record, too. */
    public long position() {
        return position;
    }

    /**
     * Whether everything has been read. Decided by position alone: compaction, aborted transactions and markers leave
     * offsets without records, so that the last one may never come.
     */
    public boolean atEnd() {
        return position >= end;
    }

    /**
     * The next records, in order; all below the end.
     *
     * @throws EngineFailure DATA_EXPIRED when offsets are gone, STALLED when nothing moved for the stall limit
     */
    public List<SourceRecord> poll() throws EngineFailure {
        List<SourceRecord> records;
        long before = position;
        long begin = System.nanoTime();
        try {
            List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
            records = new ArrayList<>(polled.size());
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                if (record.offset() < end) {
                    records.add(sourceRecord(record));
                }
            }
            position = consumer.position(partition);
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
        // Time that the caller spends elsewhere does not count.
        quietNanos = position > before ? 0 : quietNanos + System.nanoTime() - begin;
        if (quietNanos > access.stallLimit().toNanos()) {
            throw EngineFailure.passing(
                    FailureKind.STALLED,
                    "Partition %d of topic %s gave nothing for %d seconds at offset %d, but the plan reads up to %d. Check that its leader is alive."
                            .formatted(
                                    partition.partition(),
                                    partition.topic(),
                                    access.stallLimit().toSeconds(),
                                    position,
                                    end),
                    null);
        }
        return records;
    }

    static SourceRecord sourceRecord(ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = List.of();
        if (record.headers().iterator().hasNext()) {
            headers = new ArrayList<>();
            for (var header : record.headers()) {
                headers.add(new Header(header.key(), header.value()));
            }
        }
        return new SourceRecord(
                record.partition(), record.offset(), record.timestamp(), record.key(), record.value(), headers);
    }

    @Override
    public void close() {
        try {
            consumer.close(Duration.ZERO);
        } catch (InterruptException e) {
            // The thread is being stopped; the consumer belongs to no group that would have to be left.
            Thread.currentThread().interrupt();
        }
    }
}
