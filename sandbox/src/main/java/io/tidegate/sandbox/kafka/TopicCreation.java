package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.SandboxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes topics that can be written to when the call returns. */
final class TopicCreation {
    private static final int ADMIN_SECONDS_MAX = 60;

    private TopicCreation() {}

    /**
     * @return false when there was a topic of that name already; its partitions and settings are as they were
     */
    static boolean create(String bootstrapServers, String name, int partitions, Map<String, String> config) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            boolean made = create(admin, new NewTopic(name, partitions, (short) 1).configs(config));
            awaitLogs(bootstrapServers, awaitLeaders(admin, name));
            return made;
        } catch (ExecutionException | TimeoutException e) {
            throw new SandboxException("Cannot make topic %s: %s".formatted(name, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while making topic " + name, e);
        }
    }

    private static boolean create(Admin admin, NewTopic topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(List.of(topic)).all().get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /** The controller answers before the broker has heard of the topic. */
    private static List<TopicPartition> awaitLeaders(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ADMIN_SECONDS_MAX);
        while (true) {
            List<TopicPartitionInfo> partitions = partitions(admin, topic);
            if (!partitions.isEmpty()
                    && partitions.stream()
                            .allMatch(p -> p.leader() != null && !p.leader().isEmpty())) {
                return partitions.stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no leader within %d s".formatted(ADMIN_SECONDS_MAX));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<TopicPartitionInfo> partitions(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(description -> description.partitions().stream())
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * A broker names itself the leader of a partition before it takes records. No idempotent producer may come in between:
     * when its first batch is turned away and its second is taken, the broker refuses the first one as out of order until the
     * producer gives up. Asked by a consumer, because the admin client's question is too new for old brokers.
     */
    private static void awaitLogs(String bootstrapServers, List<TopicPartition> partitions) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            // Asks each partition again by itself until its log answers.
            consumer.endOffsets(partitions, Duration.ofSeconds(ADMIN_SECONDS_MAX));
        }
    }
}
