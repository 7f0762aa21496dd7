package io.tidegate.engine.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at the first record at or after given offsets. */
final class FirstRecords {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration limit;

    FirstRecords(KafkaConsumer<byte[], byte[]> consumer, Duration limit) {
        this.consumer = consumer;
        this.limit = limit;
    }

    /**
     * For each partition the first record from its offset on, or null when there is none before its end.
     *
     * @throws TimeoutException when a partition does not answer in time
     */
    Map<TopicPartition, @Nullable ConsumerRecord<byte[], byte[]>> find(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, @Nullable ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        if (from.isEmpty()) {
            return found;
        }
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        Set<TopicPartition> open = new HashSet<>(from.keySet());
        long deadline = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record or end of log within %s of partitions %s".formatted(limit, open));
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : Set.copyOf(open)) {
                Long end = ends.get(partition);
                if (!records.records(partition).isEmpty()) {
                    ConsumerRecord<byte[], byte[]> first =
                            records.records(partition).get(0);
                    found.put(partition, end != null && first.offset() >= end ? null : first);
                } else if (end != null && consumer.position(partition) >= end) {
                    found.put(partition, null);
                } else {
                    continue;
                }
                open.remove(partition);
                consumer.pause(Set.of(partition));
            }
        }
        consumer.assign(Set.of());
        return found;
    }
}
