package io.tidegate.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.KeptRecords;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TopicLogTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    private static DataSourceConnection.Kafka cluster() {
        return new DataSourceConnection.Kafka(Sandbox.shared().kafka().bootstrapServers(), Map.of());
    }

    @Test
    void a_look_tells_where_each_log_begins_and_how_long_the_topic_keeps_records() throws Exception {
        String topic = "topic-log";
        Sandbox.shared().kafka().createTopic(topic, 2, Map.of("retention.ms", "-1", "retention.bytes", "-1"));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int hour = 0; hour < 10; hour++) {
                Instant time = FIRST.plus(Duration.ofHours(hour));
                producer.send(new ProducerRecord<>(topic, 0, time.toEpochMilli(), null, "v"))
                        .get();
            }
        }
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", cluster().bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }
        Instant now = FIRST.plus(Duration.ofDays(1));

        KeptRecords kept = TopicLog.kept(cluster(), topic, now);

        assertThat(kept.partitions())
                .containsExactlyInAnyOrder(
                        new KeptRecords.Partition(
                                0,
                                4,
                                10,
                                new Lookup(4, FIRST.plus(Duration.ofHours(4)).toEpochMilli())),
                        new KeptRecords.Partition(1, 0, 0, null));
        assertThat(kept.askedAt()).isEqualTo(now);
        assertThat(kept.retention().text()).contains("for ever");
        assertThat(kept.mayLack(FIRST.plus(Duration.ofHours(5)), Lateness.DEFAULT, null))
                .isTrue();
        assertThat(kept.mayLack(FIRST.plus(Duration.ofHours(6)), Lateness.DEFAULT, null))
                .isFalse();
    }

    @Test
    void a_topic_that_is_not_there_and_a_cluster_that_does_not_answer_are_named_within_seconds() {
        assertThatThrownBy(() -> TopicLog.kept(cluster(), "topic-log-none", FIRST))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage())
                                .startsWith("Topic topic-log-none is not in the Kafka cluster at "));
        long begun = System.nanoTime();
        assertThatThrownBy(
                        () -> TopicLog.kept(new DataSourceConnection.Kafka("127.0.0.1:9", Map.of()), "orders", FIRST))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.userMessage())
                                .startsWith("No answer from the Kafka cluster at 127.0.0.1:9: "));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
