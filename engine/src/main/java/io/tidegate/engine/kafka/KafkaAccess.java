package io.tidegate.engine.kafka;

import io.tidegate.engine.DataSourceConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How a copy talks to a Kafka cluster. Plain data, secrets included: it can be sent to another machine, but is not logged.
 *
 * @param cluster address and login
 * @param kafkaConfig further consumer properties of the job
 * @param clientId names the client in the brokers' logs and metrics
 * @param readCommitted whether records of aborted and open transactions are left out
 * @param oldMetadata whether the brokers are too old to be asked for a topic without creating it (before 0.11)
 * @param fetchBytesMax bytes of one partition that one answer may bring
 * @param stallLimit the read fails when a partition does not move for so long
 */
public record KafkaAccess(
        DataSourceConnection.Kafka cluster,
        Map<String, String> kafkaConfig,
        String clientId,
        boolean readCommitted,
        boolean oldMetadata,
        int fetchBytesMax,
        Duration stallLimit) {

    /** A change of leader takes nine seconds and more; a limit below a minute would fail copies for nothing. */
    public static final Duration STALL_LIMIT = Duration.ofSeconds(90);

    private static final int FETCH_BYTES_MIN = 256 << 10;
    private static final int FETCH_BYTES_MAX = 8 << 20;
    private static final long FETCH_BYTES_OF_ALL = 128 << 20;

    /** Each consumer holds two answers, and the records of one of them unpacked: about a quarter of the heap in all. */
    private static final int HEAP_PART = 16;

    public KafkaAccess {
        kafkaConfig = Map.copyOf(kafkaConfig);
    }

    /** The usual settings; the fetch size shrinks when many slices share the memory. */
    public static KafkaAccess of(
            DataSourceConnection.Kafka cluster,
            Map<String, String> kafkaConfig,
            String clientId,
            boolean readCommitted,
            int concurrent) {
        int fetchBytes = fetchBytes(Runtime.getRuntime().maxMemory(), concurrent);
        return new KafkaAccess(cluster, kafkaConfig, clientId, readCommitted, false, fetchBytes, STALL_LIMIT);
    }

    /** For brokers before 0.11. They know no transactions, and refuse look-ups that leave uncommitted records out. */
    /** Shrinks with the heap and with the number of consumers that share it. */
    static int fetchBytes(long heapBytes, int concurrent) {
        long each = Math.min(FETCH_BYTES_OF_ALL, heapBytes / HEAP_PART) / concurrent;
        return (int) Math.min(FETCH_BYTES_MAX, Math.max(FETCH_BYTES_MIN, each));
    }

    public KafkaAccess withOldMetadata() {
        return new KafkaAccess(cluster, kafkaConfig, clientId, false, true, fetchBytesMax, stallLimit);
    }

    public KafkaAccess withClientId(String id) {
        return new KafkaAccess(cluster, kafkaConfig, id, readCommitted, oldMetadata, fetchBytesMax, stallLimit);
    }

    /** For looking at records here and there: answers of that size, however few records a poll of the job brings. */
    KafkaAccess withFetchBytes(int bytes) {
        Map<String, String> config = new HashMap<>(kafkaConfig);
        config.remove(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        return new KafkaAccess(cluster, config, clientId, readCommitted, oldMetadata, bytes, stallLimit);
    }

    KafkaAccess readingUncommitted() {
        return new KafkaAccess(cluster, kafkaConfig, clientId, false, oldMetadata, fetchBytesMax, stallLimit);
    }

    public KafkaAccess withStallLimit(Duration limit) {
        return new KafkaAccess(cluster, kafkaConfig, clientId, readCommitted, oldMetadata, fetchBytesMax, limit);
    }

    @Override
    public String toString() {
        return "KafkaAccess[" + cluster + ", " + clientId + "]";
    }
}
