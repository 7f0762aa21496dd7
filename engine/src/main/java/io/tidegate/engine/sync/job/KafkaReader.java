package io.tidegate.engine.sync.job;

import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.mapping.TextFormat;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.ReadRange;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reader step of a job.
 *
 * @param source which cluster
 * @param topic Kafka topic
 * @param range which records
 * @param latePolicy what becomes of records that are found after the window they belong to was copied
 * @param columns source fields in the order of the destination columns, as {@code __key__}, {@code 'text'}, {@code a.b[0]}
 * @param keyType how the bytes of the key are understood
 * @param valueType how the bytes of the value are understood
 * @param encoding character set of keys and values that are text
 * @param headerEncoding character set of header values
 * @param text how values of dataFormat text are cut into fields; null for JSON
 * @param readCommitted whether records of aborted and open transactions are left out
 * @param groupId names the client in the cluster's monitoring; moved on only where the range begins at its offset
 * @param partition the only partition to read; null for all
 * @param kafkaConfig further consumer properties
 */
public record KafkaReader(
        KafkaSource source,
        String topic,
        ReadRange range,
        LatePolicy latePolicy,
        List<String> columns,
        PayloadType keyType,
        PayloadType valueType,
        Charset encoding,
        Charset headerEncoding,
        @Nullable TextFormat text,
        boolean readCommitted,
        @Nullable String groupId,
        @Nullable Integer partition,
        Map<String, String> kafkaConfig) {

    public KafkaReader {
        columns = List.copyOf(columns);
        kafkaConfig = Map.copyOf(kafkaConfig);
    }

    /** Where the cluster's address stands. */
    public sealed interface KafkaSource {
        /** In a data source of the workspace. */
        record Named(String dataSource) implements KafkaSource {}

        /**
         * In the document.
         *
         * @param bootstrapServers {@code host:port}, separated by commas
         * @param properties how to connect and log in
         */
        record Server(String bootstrapServers, Map<String, String> properties) implements KafkaSource {
            public Server {
                properties = Map.copyOf(properties);
            }

            /** Without the properties, which may hold a password. */
            @Override
            public String toString() {
                return "Server[" + bootstrapServers + "]";
            }
        }
    }
}
