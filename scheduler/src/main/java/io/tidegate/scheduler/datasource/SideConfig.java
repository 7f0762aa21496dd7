package io.tidegate.scheduler.datasource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of a data source as a user enters it. A secret that is null keeps the value that is stored. */
public sealed interface SideConfig {
    /**
     * A Kafka cluster.
     *
     * @param bootstrapServers {@code host:port}, separated by commas
     * @param properties further consumer properties; a secret one may be null to keep what is stored, one that is left out
     *     is removed
     */
    record Kafka(String bootstrapServers, Map<String, @Nullable String> properties) implements SideConfig {
        public Kafka {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }

        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + "]";
        }
    }

    /**
     * A MaxCompute project.
     *
     * @param accessKey the access key's secret; null keeps what is stored
     */
    record MaxCompute(
            String endpoint,
            String project,
            String accessId,
            @Nullable String accessKey,
            @Nullable String tunnelEndpoint)
            implements SideConfig {
        @Override
        public String toString() {
            return "MaxCompute[" + endpoint + ", " + project + "]";
        }
    }
}
