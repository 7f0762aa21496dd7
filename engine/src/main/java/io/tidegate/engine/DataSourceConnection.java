package io.tidegate.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to reach one side of a data source, secrets included. Never logged and never sent to a browser. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DataSourceConnection.Kafka.class, name = "KAFKA"),
    @JsonSubTypes.Type(value = DataSourceConnection.MaxCompute.class, name = "MAXCOMPUTE")
})
public sealed interface DataSourceConnection {

    /**
     * A Kafka cluster.
     *
     * @param bootstrapServers {@code host:port}, separated by commas
     * @param properties further consumer properties, as {@code security.protocol} or {@code sasl.jaas.config}
     */
    record Kafka(String bootstrapServers, Map<String, String> properties) implements DataSourceConnection {
        public Kafka {
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + "]";
        }
    }

    /**
     * A MaxCompute project.
     *
     * @param endpoint URL of the MaxCompute service, ending in {@code /api}
     * @param project the project whose tables are written
     * @param accessId the access key's id
     * @param accessKey the access key's secret
     * @param tunnelEndpoint URL of the Tunnel service, or null to ask the service for it
     */
    record MaxCompute(
            String endpoint,
            String project,
            String accessId,
            String accessKey,
            @Nullable String tunnelEndpoint) implements DataSourceConnection {
        /** The same project by another way. */
        public MaxCompute withTunnelEndpoint(String url) {
            return new MaxCompute(endpoint, project, accessId, accessKey, url);
        }

        @Override
        public String toString() {
            return "MaxCompute[" + endpoint + ", " + project + "]";
        }
    }
}
