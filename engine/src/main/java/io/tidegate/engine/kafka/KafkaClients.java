package io.tidegate.engine.kafka;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens consumers and admin clients. */
final class KafkaClients {
    static final Duration API_TIMEOUT = Duration.ofSeconds(30);
    static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(10);

    /** Three quarters of the CPU time per record of the defaults, and half of the broker's. */
    private static final int POLL_RECORDS_MAX = 5000;

    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private KafkaClients() {}

    static KafkaConsumer<byte[], byte[]> consumer(KafkaAccess access) throws EngineFailure {
        return opened(consumerProperties(access), access);
    }

    private static KafkaConsumer<byte[], byte[]> opened(Map<String, Object> properties, KafkaAccess access)
            throws EngineFailure {
        try {
            return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    /** A consumer that speaks for a group without joining it: it can ask for the group's offsets and move them. */
    static KafkaConsumer<byte[], byte[]> ofGroup(KafkaAccess access, String groupId) throws EngineFailure {
        Map<String, Object> properties = consumerProperties(access);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        return opened(properties, access);
    }

    static Admin admin(KafkaAccess access) throws EngineFailure {
        check(access.cluster());
        Map<String, Object> properties = new HashMap<>(access.cluster().properties());
        properties.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, access.cluster().bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, access.clientId());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis());
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    private static Map<String, Object> consumerProperties(KafkaAccess access) throws EngineFailure {
        check(access.cluster());
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER_BYTES);
        properties.putAll(access.cluster().properties());
        properties.putAll(access.kafkaConfig());
        // Users may ask for less, never for more: what one consumer holds must stay bounded.
        atMost(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        atMost(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, access.fetchBytesMax());
        atMost(properties, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, access.fetchBytesMax());
        // What follows is not for users to choose: the exactness of the copy hangs on it.
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, access.cluster().bootstrapServers());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, access.clientId());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, access.readCommitted() ? "read_committed" : "read_uncommitted");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, access.oldMetadata());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) API_TIMEOUT.toMillis());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return properties;
    }

    private static void atMost(Map<String, Object> properties, String name, int max) {
        Object wanted = properties.get(name);
        properties.put(name, wanted == null ? max : Math.min(Integer.parseInt(wanted.toString()), max));
    }

    /**
     * What was stored before a rule was made is held to it, too.
     *
     * @throws EngineFailure naming the first property that is not taken
     */
    private static void check(DataSourceConnection.Kafka cluster) throws EngineFailure {
        Map<String, String> properties = cluster.properties();
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            String refusal =
                    KafkaProperties.refusal(property.getKey(), property.getValue(), KafkaProperties.Place.OWN_DOCUMENT);
            if (refusal != null) {
                throw EngineFailure.lasting(
                        FailureKind.CONNECTION,
                        "The property %s of the Kafka cluster at %s %s"
                                .formatted(property.getKey(), cluster.bootstrapServers(), refusal));
            }
        }
        boolean login = properties
                .getOrDefault("security.protocol", "")
                .toUpperCase(Locale.ROOT)
                .startsWith("SASL_");
        if (login && !properties.containsKey("sasl.jaas.config")) {
            // Kafka would go on with the login of this process, and send it to a server that somebody else has named.
            throw EngineFailure.lasting(
                    FailureKind.CONNECTION,
                    "The Kafka cluster at %s wants a login (%s), but there is no sasl.jaas.config beside it."
                            .formatted(cluster.bootstrapServers(), properties.get("security.protocol")));
        }
    }
}
