package io.tidegate.bench;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.plan.PlanSlice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** (a) A consumer loop that looks at each record's offset and length and does nothing else; the copy's settings. */
final class BareReader {
    private BareReader() {}

    static long run(String bootstrapServers, String topic, List<PlanSlice> slices, int threads)
            throws InterruptedException, ExecutionException {
        return Slices.run(slices, threads, slice -> read(bootstrapServers, topic, slice, threads));
    }

    private static long read(String bootstrapServers, String topic, PlanSlice slice, int threads) {
        int fetchBytes = KafkaAccess.of(
                        new DataSourceConnection.Kafka(bootstrapServers, Map.of()), Map.of(), "bench", false, threads)
                .fetchBytesMax();
        Map<String, Object> properties = new HashMap<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000,
                ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                1 << 20,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                fetchBytes,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                fetchBytes,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false));
        TopicPartition partition = new TopicPartition(topic, slice.partition());
        long records = 0;
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(partition));
            consumer.seek(partition, slice.begin());
            while (consumer.position(partition) < slice.end()) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(250)).records(partition)) {
                    if (record.offset() < slice.end()) {
                        records++;
                        bytes += record.value().length;
                    }
                }
            }
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return records;
    }
}
