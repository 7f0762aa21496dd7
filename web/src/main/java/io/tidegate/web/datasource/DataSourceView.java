package io.tidegate.web.datasource;

import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSourceId;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.SideView;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A data source as the API shows it. */
record DataSourceView(
        DataSourceId id,
        String name,
        DataSourceType type,
        String description,
        Map<Environment, Side> sides,
        Instant createdAt) {

    sealed interface Side {}

    /** @param properties a secret one is {@link StoredSecret} */
    record KafkaSide(String bootstrapServers, Map<String, Object> properties) implements Side {}

    record MaxComputeSide(
            String endpoint,
            String project,
            String accessId,
            StoredSecret accessKey,
            @Nullable String tunnelEndpoint) implements Side {}

    record StoredSecret(boolean set) {}

    static DataSourceView of(DataSource dataSource) {
        Map<Environment, Side> sides = new EnumMap<>(Environment.class);
        dataSource.sides().forEach((environment, side) -> sides.put(environment, of(side)));
        return new DataSourceView(
                dataSource.id(),
                dataSource.name(),
                dataSource.type(),
                dataSource.description(),
                sides,
                dataSource.createdAt());
    }

    private static Side of(SideView side) {
        if (side instanceof SideView.Kafka kafka) {
            Map<String, Object> properties = new TreeMap<>(kafka.properties());
            kafka.secretProperties().forEach(name -> properties.put(name, new StoredSecret(true)));
            return new KafkaSide(kafka.bootstrapServers(), properties);
        }
        SideView.MaxCompute project = (SideView.MaxCompute) side;
        return new MaxComputeSide(
                project.endpoint(),
                project.project(),
                project.accessId(),
                new StoredSecret(project.accessKeySet()),
                project.tunnelEndpoint());
    }
}
