package io.tidegate.engine.truth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a whole topic with a plain consumer and nothing of the engine: what it finds decides what a copy must hold. */
final class PlainLog {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private PlainLog() {}

    /** How many partitions a client is told of. */
    static int partitions(String bootstrapServers, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.partitionsFor(topic).size();
        }
    }

    /** Where the partitions end for a reader. */
    static Map<TopicPartition, Long> ends(String bootstrapServers, String topic, boolean committedOnly) {
        try (var consumer = new KafkaConsumer<>(
                settings(bootstrapServers, committedOnly), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList());
        }
    }

    /** What the broker answers to a look-up in partition 0: an offset, or null. */
    static @Nullable Long lookUp(String bootstrapServers, String topic, long millis) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            OffsetAndTimestamp found =
                    consumer.offsetsForTimes(Map.of(partition, millis)).get(partition);
            return found == null ? null : found.offset();
        }
    }

    private static Map<String, Object> settings(String bootstrapServers, boolean committedOnly) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                committedOnly ? "read_committed" : "read_uncommitted",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false);
    }

    /** Every record that a reader sees now, by partition and offset. */
    static List<Stood> read(String bootstrapServers, String topic, boolean committedOnly) {
        List<Stood> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                settings(bootstrapServers, committedOnly), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
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
