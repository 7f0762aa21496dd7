package io.tidegate.sandbox.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Fills the demo's topic and counts it. The counting reads the whole log record by record and looks at timestamps only: it shares
 * nothing with the copy it is compared to.
 */
public final class OrdersTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;
    private final String topic;
    private final OrderGenerator generator = new OrderGenerator();
    private final KafkaProducer<String, String> producer;
    private long sent;

    /** Opens the topic, and makes it when it is not there. */
    public OrdersTopic(String bootstrapServers, String topic, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        makeIfMissing(partitions);
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            this.sent = consumer.endOffsets(partitions(consumer)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private void makeIfMissing(int partitions) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + topic + " cannot be made", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making the topic " + topic, e);
        }
    }

    /** Number of records sent to the topic so far, over all its life. */
    public long size() {
        return sent;
    }

    /**
     * Sends orders evenly over the time from {@code from} to {@code to}, and returns when the broker has all of them.
     *
     * @param orders how many
     * @param badJsonUntil values of orders sent before this instant may be no JSON
     */
    public void send(Instant from, Instant to, long orders, Instant badJsonUntil) {
        long nanos = Duration.between(from, to).toNanos();
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (long i = 0; i < orders; i++) {
            Instant sentAt = from.plusNanos((long) ((double) nanos * i / orders));
            OrderGenerator.Order order = generator.order(sent++, sentAt, sentAt.isBefore(badJsonUntil));
            answers.add(producer.send(
                    new ProducerRecord<>(topic, null, order.timestamp().toEpochMilli(), order.key(), order.value())));
        }
        producer.flush();
        for (Future<RecordMetadata> answer : answers) {
            confirm(answer);
        }
    }

    private static void confirm(Future<RecordMetadata> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take an order", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending orders", e);
        }
    }

    /** A span of time, start included, end not. */
    public record Span(Instant start, Instant end) {
        boolean contains(long timestampMillis) {
            return timestampMillis >= start.toEpochMilli() && timestampMillis < end.toEpochMilli();
        }
    }

    /**
     * Reads the whole topic as it is now.
     *
     * @param newestTimestamp of any record; empty when there is none
     * @param counts records whose timestamp lies in the span, one for each span asked for
     */
    public record Census(Optional<Instant> newestTimestamp, List<Long> counts) {}

    public Census census(List<Span> spans) {
        long[] counts = new long[spans.size()];
        long newest = Long.MIN_VALUE;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    newest = Math.max(newest, record.timestamp());
                    for (int i = 0; i < counts.length; i++) {
                        if (spans.get(i).contains(record.timestamp())) {
                            counts[i]++;
                        }
                    }
                }
            }
        }
        List<Long> result = new ArrayList<>();
        for (long count : counts) {
            result.add(count);
        }
        return new Census(
                newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)), result);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
