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
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Where a consumer group stands. The group is never joined: while it has members of its own, it cannot be moved. */
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
     * Puts the group where a plan begins: a first plan, or one whose offsets were not there. From then on the group stands
     * at or behind the begin of its next plan, whatever becomes of this one.
     *
     * @param begins partition to the offset that is to be read next
     * @param logEnds partition to the end of the log; a group that stands behind it stands nowhere
     */
    public void begin(String topic, Map<Integer, Long> begins, Map<Integer, Long> logEnds) throws EngineFailure {
        var unused = advance(topic, begins, logEnds);
    }

    /**
     * Moves the group on. Where it already stands further, another run has moved it, and it stays.
     *
     * @param ends partition to the offset that is to be read next
     * @return partition to where the group stands now
     */
    public Map<Integer, Long> moveOn(String topic, Map<Integer, Long> ends) throws EngineFailure {
        return advance(topic, ends, Map.of());
    }

    private Map<Integer, Long> advance(String topic, Map<Integer, Long> offsets, Map<Integer, Long> logEnds)
            throws EngineFailure {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        Map<Integer, Long> standing = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.ofGroup(access, groupId)) {
            Set<TopicPartition> partitions = new HashSet<>();
            offsets.keySet().forEach(number -> partitions.add(new TopicPartition(topic, number)));
            Map<TopicPartition, Long> before = committed(consumer, partitions);
            offsets.forEach((number, offset) -> {
                TopicPartition partition = new TopicPartition(topic, number);
                Long stands = before.get(partition);
                long wanted = stands == null || stands > logEnds.getOrDefault(number, Long.MAX_VALUE)
                        ? offset
                        : Math.max(offset, stands);
                standing.put(number, wanted);
                commits.put(partition, new OffsetAndMetadata(wanted));
            });
            if (!commits.isEmpty()) {
                consumer.commitSync(commits);
            }
        } catch (KafkaException e) {
            throw failure(e);
        }
        return standing;
    }

    private static Map<TopicPartition, Long> committed(
            KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!partitions.isEmpty()) {
            consumer.committed(partitions).forEach((partition, committed) -> {
                if (committed != null) {
                    offsets.put(partition, committed.offset());
                }
            });
        }
        return offsets;
    }

    private EngineFailure failure(KafkaException error) {
        if (error instanceof CommitFailedException || error instanceof UnknownMemberIdException) {
            return EngineFailure.lasting(
                    FailureKind.CONNECTION,
                    "Consumer group %s has members of its own, so that its offset cannot be moved. Give the node a group that nobody else uses."
                            .formatted(groupId),
                    error);
        }
        return KafkaErrors.failure(error, access.cluster());
    }
}
