package io.tidegate.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.sandbox.kafka.KafkaBroker;
import io.tidegate.sandbox.kafka.KafkaBrokerOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans and reads through every kind of listener of a real broker. */
class KafkaLoginTest {
    private static final String TOPIC = "guarded";
    private static final Instant NINE = Instant.parse("2026-01-10T01:00:00Z");

    @TempDir
    static Path directory;

    private static KafkaBroker broker;
    private static KafkaBroker withClientCertificates;

    @BeforeAll
    static void start() {
        KafkaBrokerOptions options = KafkaBrokerOptions.defaults().withSaslUser("reader", "canary-password");
        broker = KafkaBroker.start(directory.resolve("a"), options.withSsl());
        withClientCertificates = KafkaBroker.start(
                directory.resolve("b"), KafkaBrokerOptions.defaults().withClientCertificates());
        for (KafkaBroker each : List.of(broker, withClientCertificates)) {
            each.createTopic(TOPIC, 1, Map.of());
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", each.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                for (int i = 0; i < 3; i++) {
                    var unused = producer.send(
                            new ProducerRecord<>(TOPIC, 0, NINE.plusSeconds(i).toEpochMilli(), "k", "v" + i));
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
        withClientCertificates.close();
    }

    /** The values of the window, planned and read through this connection. */
    private static List<String> read(String servers, Map<String, String> properties) throws Exception {
        KafkaAccess access =
                KafkaAccess.of(new DataSourceConnection.Kafka(servers, properties), Map.of(), "login-test", false, 1);
        ReadRange range =
                ReadRange.window(NINE.plusSeconds(1), NINE.plusSeconds(3), io.tidegate.engine.plan.Lateness.DEFAULT);
        var answered = new BrokerQuestions(InstantSource.system()).ask(access, TOPIC, null, range);
        assertThat(answered.answers().topicId()).as("asked by the admin client").isNotNull();
        OffsetPlan plan = OffsetPlanner.plan(range, answered.answers()).plan();
        List<String> values = new ArrayList<>();
        OffsetPlan.PartitionRange partition = plan.partitions().get(0);
        try (PartitionReader reader = PartitionReader.open(access, TOPIC, 0, partition.begin(), partition.end())) {
            while (!reader.atEnd()) {
                for (SourceRecord record : reader.poll()) {
                    byte[] value = record.value();
                    values.add(value == null ? "" : new String(value, StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }

    private static Map<String, String> login(String mechanism, String password, String protocol) {
        Map<String, String> properties = new HashMap<>(KafkaBroker.saslClientProperties(mechanism, "reader", password));
        properties.put("security.protocol", protocol);
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void by_password(String mechanism) throws Exception {
        assertThat(read(broker.saslBootstrapServers(), login(mechanism, "canary-password", "SASL_PLAINTEXT")))
                .containsExactly("v1", "v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void by_password_through_an_encrypted_connection(String mechanism) throws Exception {
        Map<String, String> properties = new HashMap<>(broker.sslPemProperties());
        properties.putAll(login(mechanism, "canary-password", "SASL_SSL"));

        assertThat(read(broker.saslSslBootstrapServers(), properties)).containsExactly("v1", "v2");
    }

    @Test
    void encrypted_with_the_brokers_certificate_as_text() throws Exception {
        assertThat(read(broker.sslBootstrapServers(), broker.sslPemProperties()))
                .containsExactly("v1", "v2");
    }

    @Test
    void encrypted_with_a_trust_store_in_a_file() throws Exception {
        assertThat(read(broker.sslBootstrapServers(), broker.sslClientProperties()))
                .containsExactly("v1", "v2");
    }

    @Test
    void by_a_certificate_of_its_own_as_text() throws Exception {
        Map<String, String> properties = new HashMap<>(withClientCertificates.sslPemProperties());
        properties.putAll(withClientCertificates.clientCertificatePemProperties());

        assertThat(read(withClientCertificates.sslBootstrapServers(), properties))
                .containsExactly("v1", "v2");
    }

    @Test
    void without_the_certificate_that_is_wanted_there_is_no_way_in() {
        assertThatThrownBy(() ->
                        read(withClientCertificates.sslBootstrapServers(), withClientCertificates.sslPemProperties()))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage()).contains(withClientCertificates.sslBootstrapServers()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
    void a_wrong_password_is_said_without_repeating_it(String mechanism) {
        assertThatThrownBy(
                        () -> read(broker.saslBootstrapServers(), login(mechanism, "canary-wrong", "SASL_PLAINTEXT")))
                .isInstanceOfSatisfying(EngineFailure.class, e -> {
                    assertThat(e.userMessage()).startsWith("Login refused by the Kafka cluster at ");
                    assertThat(e.userMessage()).doesNotContain("canary");
                    assertThat(e.retryable()).isFalse();
                });
    }

    @Test
    void an_unknown_certificate_is_said() {
        assertThatThrownBy(() -> read(broker.sslBootstrapServers(), Map.of("security.protocol", "SSL")))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage()).startsWith("Login refused by the Kafka cluster at "));
    }

    @Test
    void the_login_of_the_server_itself_is_never_lent() {
        assertThatThrownBy(() -> read(
                        broker.saslBootstrapServers(),
                        Map.of("security.protocol", "sasl_plaintext", "sasl.mechanism", "PLAIN")))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage()).contains("there is no sasl.jaas.config beside it"));
    }

    @Test
    void a_login_module_that_was_stored_before_it_was_refused_is_not_loaded() {
        assertThatThrownBy(
                        () -> read(
                                broker.saslBootstrapServers(),
                                Map.of(
                                        "security.protocol",
                                        "SASL_PLAINTEXT",
                                        "sasl.jaas.config",
                                        "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://h/x\";")))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage())
                                .contains("The property sasl.jaas.config of the Kafka cluster at"));
    }
}
