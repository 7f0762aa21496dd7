package io.tidegate.engine.kafka;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only the admin interface tells. Old brokers and narrow rights withhold it; a plan can do without.
 *
 * @param topicId changes when the topic is deleted and made anew; null when it is not told
 */
record TopicFacts(@Nullable String topicId, Retention retention) {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFacts.class);

    static TopicFacts ask(KafkaAccess access, String topic) throws EngineFailure {
        if (access.oldMetadata()) {
            return new TopicFacts(null, Retention.UNKNOWN);
        }
        try (Admin admin = KafkaClients.admin(access)) {
            return new TopicFacts(topicId(admin, topic), retention(admin, topic));
        }
    }

    private static @Nullable String topicId(Admin admin, String topic) {
        TopicDescription description = told(() -> admin.describeTopics(Set.of(topic))
                .allTopicNames()
                .get(seconds(), TimeUnit.SECONDS)
                .get(topic));
        Uuid id = description == null ? null : description.topicId();
        return id == null || id.equals(Uuid.ZERO_UUID) ? null : id.toString();
    }

    private static Retention retention(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = told(() -> admin.describeConfigs(Set.of(resource))
                .all()
                .get(seconds(), TimeUnit.SECONDS)
                .get(resource));
        if (config == null) {
            return Retention.UNKNOWN;
        }
        String cleanup = value(config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
        if (!cleanup.contains("delete")) {
            return new Retention(true, null, false);
        }
        long millis = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG, "-1"));
        long bytes = Long.parseLong(value(config, TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
        return new Retention(true, millis < 0 ? null : Duration.ofMillis(millis), bytes >= 0);
    }

    private static String value(Config config, String name, String otherwise) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? otherwise : entry.value();
    }

    private static long seconds() {
        return KafkaClients.ADMIN_TIMEOUT.toSeconds();
    }

    private interface Question<T> {
        @Nullable T ask() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static <T> @Nullable T told(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("the broker does not tell", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
