package io.tidegate.engine.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Looks at the records that stand at given offsets. */
final class Samples {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Duration limit;

    /**
     * @param ends the log ends; nothing behind them is looked at
     * @param limit how long one look may take
     */
    Samples(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration limit) {
        this.consumer = consumer;
        this.ends = ends;
        this.limit = limit;
    }

    /** Where the log of a partition ends. */
    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /**
     * For each partition some of the records from its offset on, in order, as many as one answer of the broker brings;
     * none when there are none before its end.
     *
     * @throws TimeoutException when a partition does not answer in time
     */
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> at(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>();
        offsets.forEach((p, offset) -> {
            if (offset < end(p)) {
                open.add(p);
            } else {
                found.put(p, List.of());
            }
        });
        if (open.isEmpty()) {
            return found;
        }
        consumer.assign(open);
        open.forEach(p -> consumer.seek(p, offsets.getOrDefault(p, 0L)));
        long deadline = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record or end of log within %s of partitions %s".formatted(limit, open));
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : Set.copyOf(open)) {
                if (records.records(partition).isEmpty() && consumer.position(partition) < end(partition)) {
                    continue;
                }
                found.put(
                        partition,
                        records.records(partition).stream()
                                .filter(r -> r.offset() < end(partition))
                                .toList());
                open.remove(partition);
                consumer.pause(Set.of(partition));
            }
        }
        consumer.assign(Set.of());
        return found;
    }
}
