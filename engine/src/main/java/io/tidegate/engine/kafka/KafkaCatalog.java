package io.tidegate.engine.kafka;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** What is in a Kafka cluster. Every call opens a connection of its own and answers or fails within about 30 seconds. */
public final class KafkaCatalog {
    private static final int SAMPLE_BYTES = 1 << 20;
    private static final int SAMPLE_RECORDS_MAX = 100;
    private static final Duration SAMPLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration REACH_LIMIT = Duration.ofSeconds(10);

    private final KafkaAccess access;

    public KafkaCatalog(DataSourceConnection.Kafka cluster) {
        this.access = KafkaAccess.of(cluster, Map.of(), "tidegate-catalog", false, 1);
    }

    /** A topic and how many partitions it has. */
    public record Topic(String name, int partitions) {}

    /**
     * A record as people look at it.
     *
     * @param key as UTF-8 text, or null
     * @param value as UTF-8 text, or null
     */
    public record SampleRecord(
            int partition,
            long offset,
            Instant timestamp,
            @Nullable String key,
            @Nullable String value) {}

    /** All topics that the login may see, by name, without Kafka's own. */
    public List<Topic> topics() throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(forLists())) {
            return consumer.listTopics().entrySet().stream()
                    .filter(topic -> !topic.getKey().startsWith("__"))
                    .map(topic -> new Topic(topic.getKey(), topic.getValue().size()))
                    .sorted(Comparator.comparing(Topic::name))
                    .toList();
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    /**
     * Brokers before 0.11 refuse whoever says that no topic is to be made; a question for all topics makes none in any
     * case.
     */
    private KafkaAccess forLists() {
        return access.withOldMetadata();
    }

    /** Whether there is such a topic. Never creates it. */
    public boolean exists(String topic) throws EngineFailure {
        return topics().stream().anyMatch(t -> t.name().equals(topic));
    }

    /** Returns when a broker answers and accepts the login; otherwise says why not. */
    public void checkReachable() throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(forLists())) {
            consumer.listTopics(REACH_LIMIT);
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    /**
     * The youngest records of a topic, the youngest first.
     *
     * @param count how many at most, up to 100
     */
    public List<SampleRecord> sample(String topic, int count) throws EngineFailure {
        if (!exists(topic)) {
            return List.of();
        }
        int wanted = Math.min(count, SAMPLE_RECORDS_MAX);
        KafkaAccess sampling = access.withFetchBytes(SAMPLE_BYTES);
        try {
            return sample(sampling, topic, wanted);
        } catch (UnsupportedVersionException tooOld) {
            try {
                return sample(sampling.withOldMetadata(), topic, wanted);
            } catch (KafkaException e) {
                throw KafkaErrors.failure(e, access.cluster());
            }
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    private static List<SampleRecord> sample(KafkaAccess access, String topic, int wanted) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            return youngest(consumer, partitions, wanted);
        }
    }

    private static List<SampleRecord> youngest(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int wanted) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> open = new HashMap<>();
        ends.forEach((p, end) -> {
            if (starts.getOrDefault(p, 0L) < end) {
                open.put(p, end);
            }
        });
        consumer.assign(open.keySet());
        open.forEach((p, end) -> consumer.seek(p, Math.max(starts.getOrDefault(p, 0L), end - wanted)));
        List<SampleRecord> found = new ArrayList<>();
        long deadline = System.nanoTime() + SAMPLE_LIMIT.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                found.add(sampleRecord(PartitionReader.sourceRecord(record)));
            }
            open.entrySet().removeIf(p -> consumer.position(p.getKey()) >= p.getValue());
        }
        return found.stream()
                .sorted(Comparator.comparing(SampleRecord::timestamp)
                        .thenComparing(SampleRecord::offset)
                        .reversed())
                .limit(wanted)
                .toList();
    }

    private static SampleRecord sampleRecord(SourceRecord record) {
        return new SampleRecord(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                text(record.key()),
                text(record.value()));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
