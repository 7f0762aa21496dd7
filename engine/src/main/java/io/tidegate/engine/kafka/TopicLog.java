package io.tidegate.engine.kafka;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.KeptRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** One look at where the logs of a topic begin, without reading from them. */
public final class TopicLog {
    /** Of each question; a cluster that is not there is known after the first. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private TopicLog() {}

    /**
     * What retention has left. Answers or fails within about 30 seconds, within 5 where nobody answers.
     *
     * @param now when it is asked
     */
    public static KeptRecords kept(DataSourceConnection.Kafka cluster, String topic, Instant now) throws EngineFailure {
        KafkaAccess access = KafkaAccess.of(cluster, Map.of(), "tidegate-catalog", false, 1);
        try {
            return ask(access, topic, now);
        } catch (UnsupportedVersionException tooOld) {
            try {
                return askOld(access.withOldMetadata(), topic, now);
            } catch (KafkaException e) {
                throw KafkaErrors.failure(e, cluster);
            }
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, cluster);
        }
    }

    /** Brokers before 0.11 make a topic that is asked for, so its existence is looked up first. */
    private static KeptRecords askOld(KafkaAccess access, String topic, Instant now) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            if (!consumer.listTopics(LIMIT).containsKey(topic)) {
                throw missing(topic, access);
            }
        }
        return ask(access, topic, now);
    }

    private static KeptRecords ask(KafkaAccess access, String topic, Instant now) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, LIMIT);
            if (found == null || found.isEmpty()) {
                throw missing(topic, access);
            }
            List<TopicPartition> all = found.stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(all, LIMIT);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all, LIMIT);
            Map<TopicPartition, Long> anyTime = new HashMap<>();
            all.forEach(p -> anyTime.put(p, 0L));
            Map<TopicPartition, OffsetAndTimestamp> firsts = consumer.offsetsForTimes(anyTime, LIMIT);
            List<KeptRecords.Partition> partitions = new ArrayList<>();
            for (TopicPartition p : all) {
                OffsetAndTimestamp first = firsts.get(p);
                partitions.add(new KeptRecords.Partition(
                        p.partition(),
                        starts.getOrDefault(p, 0L),
                        ends.getOrDefault(p, 0L),
                        first == null ? null : new Lookup(first.offset(), first.timestamp())));
            }
            return new KeptRecords(topic, now, TopicFacts.ask(access, topic).retention(), partitions);
        }
    }

    private static EngineFailure missing(String topic, KafkaAccess access) {
        return EngineFailure.lasting(
                FailureKind.MISSING_OBJECT,
                "Topic %s is not in the Kafka cluster at %s."
                        .formatted(topic, access.cluster().bootstrapServers()));
    }
}
