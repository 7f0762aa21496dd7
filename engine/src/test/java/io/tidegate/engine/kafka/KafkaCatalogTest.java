package io.tidegate.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.KafkaCatalog.SampleRecord;
import io.tidegate.engine.kafka.KafkaCatalog.Topic;
import io.tidegate.sandbox.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaCatalogTest {
    private static KafkaCatalog catalog() {
        return new KafkaCatalog(
                new DataSourceConnection.Kafka(Sandbox.shared().kafka().bootstrapServers(), Map.of()));
    }

    @Test
    void topics_are_listed_with_their_partitions() throws Exception {
        Sandbox.shared().kafka().createTopic("catalog-a", 3, Map.of());

        assertThat(catalog().topics())
                .contains(new Topic("catalog-a", 3))
                .noneMatch(t -> t.name().startsWith("__"));
        assertThat(catalog().exists("catalog-a")).isTrue();
        assertThat(catalog().exists("catalog-none")).isFalse();
        assertThat(catalog().exists("catalog-none"))
                .as("asking does not make it")
                .isFalse();
        catalog().checkReachable();
    }

    @Test
    void a_sample_holds_the_youngest_records_first() throws Exception {
        Sandbox.shared().kafka().createTopic("catalog-sample", 2, Map.of());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Sandbox.shared().kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                var unused = producer.send(new ProducerRecord<>("catalog-sample", i % 2, 1000L + i, null, "v" + i));
            }
        }

        assertThat(catalog().sample("catalog-sample", 3))
                .containsExactly(
                        new SampleRecord(1, 4, Instant.ofEpochMilli(1009), null, "v9"),
                        new SampleRecord(0, 4, Instant.ofEpochMilli(1008), null, "v8"),
                        new SampleRecord(1, 3, Instant.ofEpochMilli(1007), null, "v7"));
        assertThat(catalog().sample("catalog-none", 3)).isEqualTo(List.of());
    }

    @Test
    void a_cluster_that_is_away_is_named_within_seconds() {
        KafkaCatalog away = new KafkaCatalog(new DataSourceConnection.Kafka("127.0.0.1:9", Map.of()));

        assertThatThrownBy(away::checkReachable).isInstanceOfSatisfying(EngineFailure.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.CONNECTION);
            assertThat(e.retryable()).isTrue();
            assertThat(e.userMessage()).startsWith("No answer from the Kafka cluster at 127.0.0.1:9: ");
        });
    }

    @Test
    void an_address_that_is_none_is_named() {
        KafkaCatalog wrong = new KafkaCatalog(new DataSourceConnection.Kafka("nowhere", Map.of()));

        assertThatThrownBy(wrong::checkReachable)
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.userMessage()).contains("nowhere"));
    }
}
