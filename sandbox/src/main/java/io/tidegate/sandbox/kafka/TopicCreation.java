package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.SandboxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
            awaitLeaders(admin, name);
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
    private static void awaitLeaders(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ADMIN_SECONDS_MAX);
        while (!hasLeaders(admin, topic)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no leader within %d s".formatted(ADMIN_SECONDS_MAX));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean hasLeaders(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(description -> description.partitions().stream())
                    .map(TopicPartitionInfo::leader)
                    .allMatch(leader -> leader != null && !leader.isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
