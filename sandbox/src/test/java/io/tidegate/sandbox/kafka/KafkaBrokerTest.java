package io.tidegate.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sandbox.ChildJvm;
import io.tidegate.sandbox.directory.SandboxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaBrokerTest {
    private static final long NOON = Instant.parse("2019-03-01T12:00:00Z").toEpochMilli();

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(
                shared.resolve("kafka"),
                KafkaBrokerOptions.defaults()
                        .withSaslUser("alice", "wonder-land")
                        .withSsl());
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void records_keep_the_timestamps_they_are_given() throws Exception {
        broker.createTopic("timestamps", 2, Map.of());
        produce(broker, "timestamps", 0, NOON, "a");
        produce(broker, "timestamps", 1, NOON + 1, "b");
        assertThat(consume(broker, "timestamps", 0, 1)).singleElement().satisfies(record -> {
            assertThat(record.timestamp()).isEqualTo(NOON);
            assertThat(record.value()).isEqualTo("a");
        });
        assertThat(consume(broker, "timestamps", 1, 1))
                .extracting(ConsumerRecord::value)
                .containsExactly("b");
    }

    @Test
    void a_topic_can_be_stamped_by_the_broker_instead() throws Exception {
        broker.createTopic("appended", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        produce(broker, "appended", 0, NOON, "a");
        assertThat(consume(broker, "appended", 0, 1).get(0).timestamp()).isGreaterThan(NOON);
    }

    @Test
    void making_a_topic_again_changes_nothing() throws Exception {
        assertThat(broker.createTopic("twice", 3, Map.of())).isTrue();
        assertThat(broker.createTopic("twice", 5, Map.of())).isFalse();
        try (Admin admin = admin(broker.bootstrapServers(), Map.of())) {
            assertThat(admin.describeTopics(List.of("twice"))
                            .allTopicNames()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
        }
    }

    @Test
    void a_topic_that_was_never_made_does_not_come_into_being() {
        assertThatThrownBy(() -> {
                    try (Admin admin = admin(broker.bootstrapServers(), Map.of())) {
                        admin.describeTopics(List.of("never")).allTopicNames().get(30, TimeUnit.SECONDS);
                    }
                })
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void a_login_is_wanted_and_a_wrong_password_is_refused(String mechanism) throws Exception {
        var good = KafkaBroker.saslClientProperties(mechanism, "alice", "wonder-land");
        try (Admin admin = admin(broker.saslBootstrapServers(), good)) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
        var bad = KafkaBroker.saslClientProperties(mechanism, "alice", "wrong");
        try (Admin admin = admin(broker.saslBootstrapServers(), bad)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void the_encrypted_listener_serves_those_who_trust_its_certificate() throws Exception {
        try (Admin admin = admin(broker.sslBootstrapServers(), broker.sslClientProperties())) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
        try (Admin admin = admin(broker.sslBootstrapServers(), Map.of("security.protocol", "SSL"))) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .hasCauseInstanceOf(SslAuthenticationException.class);
        }
    }

    @Test
    void a_restart_keeps_records_and_port() throws Exception {
        String address;
        try (KafkaBroker first = KafkaBroker.start(directory.resolve("kafka"))) {
            address = first.bootstrapServers();
            first.createTopic("kept", 1, Map.of());
            produce(first, "kept", 0, NOON, "a");
        }
        try (KafkaBroker second = KafkaBroker.start(directory.resolve("kafka"))) {
            assertThat(second.bootstrapServers()).isEqualTo(address);
            assertThat(second.createTopic("kept", 1, Map.of())).isFalse();
            assertThat(consume(second, "kept", 0, 1))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("a");
        }
    }

    @Test
    void a_killed_jvm_loses_no_acknowledged_record() throws Exception {
        ChildJvm child = ChildJvm.start(ChildKafka.class, directory.resolve("kafka"));
        for (int i = 0; i < 100; i++) {
            produce(child.fact(1), "orders", 0, NOON + i, "order " + i);
        }
        child.kill();
        try (KafkaBroker again = KafkaBroker.start(directory.resolve("kafka"))) {
            assertThat(again.bootstrapServers()).isEqualTo(child.fact(1));
            assertThat(consume(again, "orders", 0, 100)).hasSize(100);
        }
    }

    @Test
    void overrides_reach_the_broker_and_listeners_not_asked_for_are_not_there() throws Exception {
        var options = KafkaBrokerOptions.defaults().withOverride("log.retention.ms", "86400000");
        try (KafkaBroker brief = KafkaBroker.start(directory.resolve("kafka"), options);
                Admin admin = admin(brief.bootstrapServers(), Map.of())) {
            assertThatThrownBy(brief::sslBootstrapServers).hasMessageContaining("without an SSL listener");
            var resource = new org.apache.kafka.common.config.ConfigResource(
                    org.apache.kafka.common.config.ConfigResource.Type.BROKER, "1");
            assertThat(admin.describeConfigs(List.of(resource)).all().get().values())
                    .singleElement()
                    .satisfies(config ->
                            assertThat(config.get("log.retention.ms").value()).isEqualTo("86400000"));
        }
    }

    @Test
    void a_directory_belongs_to_one_broker_at_a_time() {
        assertThatThrownBy(() -> KafkaBroker.start(shared.resolve("kafka")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("in use by another Tidegate");
    }

    @Test
    void a_user_whose_password_would_break_out_of_the_login_line_is_refused() {
        assertThatThrownBy(() -> KafkaBrokerOptions.defaults().withSaslUser("a\"b", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Admin admin(String address, Map<String, String> security) {
        var properties = new HashMap<String, Object>(security);
        properties.put("bootstrap.servers", address);
        properties.put("default.api.timeout.ms", "30000");
        return Admin.create(properties);
    }

    private static void produce(KafkaBroker broker, String topic, int partition, long timestamp, String value)
            throws Exception {
        produce(broker.bootstrapServers(), topic, partition, timestamp, value);
    }

    private static void produce(String address, String topic, int partition, long timestamp, String value)
            throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", address, "acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, timestamp, "key", value))
                    .get();
        }
    }

    private static List<ConsumerRecord<String, String>> consume(
            KafkaBroker broker, String topic, int partition, int count) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            var from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var records = new ArrayList<ConsumerRecord<String, String>>();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
