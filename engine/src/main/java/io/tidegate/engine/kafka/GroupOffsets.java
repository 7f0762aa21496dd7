package io.tidegate.engine.kafka;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer group stands. The group is never joined: other members of it make a change fail. */
public final class GroupOffsets {
    private final KafkaAccess access;
    private final String groupId;

    public GroupOffsets(KafkaAccess access, String groupId) {
        this.access = access;
        this.groupId = groupId;
    }

    /** The offset the group reads next in each partition; partitions it never committed are left out. */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.ofGroup(access, groupId)) {
            return committed(consumer, new HashSet<>(partitions));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * Puts the group where it is said, even if it stood further.
     *
     * @param offsets partition to the offset that is to be read next
     */
    public void put(String topic, Map<Integer, Long> offsets) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.ofGroup(access, groupId)) {
            commit(consumer, of(topic, offsets));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * Moves the group on. Where it already stands further, a later run has moved it, and it stays.
     *
     * @param offsets partition to the offset that is to be read next
     * @return partition to where the group stands now
     */
    public Map<Integer, Long> moveOn(String topic, Map<Integer, Long> offsets) throws EngineFailure {
        Map<TopicPartition, Long> wanted = of(topic, offsets);
        Map<Integer, Long> standing = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.ofGroup(access, groupId)) {
            Map<TopicPartition, Long> before = committed(consumer, wanted.keySet());
            wanted.forEach((partition, offset) ->
                    standing.put(partition.partition(), Math.max(offset, before.getOrDefault(partition, offset))));
            commit(consumer, of(topic, standing));
        } catch (KafkaException e) {
            throw failure(e);
        }
        return standing;
    }

    private static Map<TopicPartition, Long> of(String topic, Map<Integer, Long> offsets) {
        Map<TopicPartition, Long> of = new HashMap<>();
        offsets.forEach((partition, offset) -> of.put(new TopicPartition(topic, partition), offset));
        return of;
    }

    private static Map<TopicPartition, Long> committed(
            KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(partitions).forEach((partition, committed) -> {
            if (committed != null) {
                offsets.put(partition, committed.offset());
            }
        });
        return offsets;
    }

    private static void commit(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        offsets.forEach((partition, offset) -> commits.put(partition, new OffsetAndMetadata(offset)));
        if (!commits.isEmpty()) {
            consumer.commitSync(commits);
        }
    }

    private EngineFailure failure(KafkaException error) {
        if (error instanceof CommitFailedException) {
            return EngineFailure.lasting(
                    FailureKind.CONNECTION,
                    "The offset of consumer group %s cannot be moved: the group has members of its own. Give the job a group that nobody else uses."
                            .formatted(groupId),
                    error);
        }
        return KafkaErrors.failure(error, access.cluster());
    }
}
