package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.RunOutcome.Cancelled;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.sandbox.kafka.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own that ends in the middle of two copies: one that is impatient, one that a user stops. */
class BrokerAwayTest {
    private static final int RECORDS = 500;

    private static void fill(KafkaBroker broker, String topic) {
        broker.createTopic(topic, 1, Map.of());
        byte[] value = ("{\"amount\":1,\"text\":\"" + "x".repeat(10_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                long time = NINE.plusSeconds(i).toEpochMilli();
                var unused = producer.send(new ProducerRecord<>(topic, 0, time, null, value));
            }
        }
    }

    @Test
    @SuppressWarnings("try") // Going away in the middle is the point.
    void a_broker_that_goes_away_is_a_stall_that_names_the_partition_and_does_not_hinder_a_stop(@TempDir Path directory)
            throws Exception {
        try (Copies copies = Copies.of(1);
                KafkaBroker broker = KafkaBroker.start(directory)) {
            fill(broker, copies.topic);
            copies.with("/setting/speed", "{\"throttle\":true,\"mbps\":1}")
                    .with("/steps/0/parameter/kafkaConfig", "{\"max.partition.fetch.bytes\":\"100000\"}");
            var kafka = new DataSourceConnection.Kafka(broker.bootstrapServers(), Map.of());
            SyncLimits impatient = SyncLimits.DEFAULT.withStall(Duration.ofSeconds(2));
            BackgroundCopy failing = BackgroundCopy.start(copies, impatient, kafka, Copies.project());
            BackgroundCopy stopped = BackgroundCopy.start(copies, SyncLimits.DEFAULT, kafka, Copies.project());
            for (BackgroundCopy copy : new BackgroundCopy[] {failing, stopped}) {
                copy.until(() -> copy.journal.progress.stream().anyMatch(p -> p.read() > 0));
            }
            broker.close();

            assertThat(failing.end()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.STALLED);
                assertThat(failed.retryable()).isTrue();
                assertThat(failed.message())
                        .startsWith("Partition 0 of topic %s gave nothing for 2 seconds".formatted(copies.topic));
            });
            BackgroundCopy.Stopped end = stopped.stop();
            assertThat(end.outcome()).isEqualTo(new Cancelled());
            assertThat(end.after()).isLessThan(Duration.ofSeconds(2));
            assertThat(copies.rows()).isEmpty();
        }
    }
}
