package io.tidegate.scheduler.datasource;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One side of a data source as it may be shown: of secrets only that they are set. */
public sealed interface SideView {
    /**
     * A Kafka cluster.
     *
     * @param properties the properties that are not secret
     * @param secretProperties the names of the secret properties that are set
     */
    record Kafka(String bootstrapServers, Map<String, String> properties, Set<String> secretProperties)
            implements SideView {}

    /** A MaxCompute project. */
    record MaxCompute(
            String endpoint,
            String project,
            String accessId,
            boolean accessKeySet,
            @Nullable String tunnelEndpoint) implements SideView {}
}
