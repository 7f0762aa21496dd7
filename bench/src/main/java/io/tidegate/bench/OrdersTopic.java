package io.tidegate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic that is copied. It is made once and kept with the broker's data. */
final class OrdersTopic {
    private OrdersTopic() {}

    /**
     * Makes the topic unless it is there.
     *
     * @param compression of the producer: none, lz4, zstd …
     * @return its name
     */
    static String fill(String bootstrapServers, long records, int partitions, String compression)
            throws InterruptedException, ExecutionException {
        String name = "orders-%d-%d-%s".formatted(records, partitions, compression);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        if (size(bootstrapServers, name, partitions) < records) {
            produce(bootstrapServers, name, records, partitions, compression);
        }
        return name;
    }

    private static long size(String bootstrapServers, String topic, int partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic, i));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(all, Duration.ofSeconds(60)).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    private static void produce(
            String bootstrapServers, String topic, long records, int partitions, String compression) {
        System.out.printf("Filling %s …%n", topic);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        compression,
                        "linger.ms",
                        20,
                        "batch.size",
                        128 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(
                        topic, (int) (i % partitions), Orders.timestamp(i), Orders.key(i), Orders.value(i)));
            }
        }
    }
}
