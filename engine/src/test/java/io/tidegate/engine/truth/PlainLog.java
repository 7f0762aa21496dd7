package io.tidegate.engine.truth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic with a plain consumer and nothing of the engine: what it finds decides what a copy must hold. */
final class PlainLog {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private PlainLog() {}

    /** Every record that a reader sees now, by partition and offset. */
    static List<Stood> read(String bootstrapServers, String topic, boolean committedOnly) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                committedOnly ? "read_committed" : "read_uncommitted",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false);
        List<Stood> found = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            // Brokers before 0.11 know no transactions and refuse to be asked about them; there the plain bounds hold.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.beginningOffsets(partitions).forEach(consumer::seek);
            long deadline = System.nanoTime() + LIMIT_NANOS;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the plain read does not come to the end " + ends);
                }
                for (var record : consumer.poll(POLL)) {
                    if (record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
                        found.add(new Stood(
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        found.sort(Comparator.comparingInt(Stood::partition).thenComparingLong(Stood::offset));
        return found;
    }
}
