package io.tidegate.scheduler.authoring;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.Catalogs;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.datasource.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Clusters and projects that hold what a test puts into them; a cluster is known by its address, a project by its name. */
final class FakeCatalogs implements Catalogs {
    private final Map<String, List<Topic>> topics = new ConcurrentHashMap<>();
    private final Map<String, Map<String, TableSchema>> tables = new ConcurrentHashMap<>();
    private final Set<String> away = new HashSet<>();
    private final List<String> statements = new ArrayList<>();

    void topic(String bootstrapServers, String topic) {
        topics.computeIfAbsent(bootstrapServers, key -> new ArrayList<>()).add(new Topic(topic, 3));
    }

    void table(String project, TableSchema table) {
        tables.computeIfAbsent(project, key -> new TreeMap<>()).put(table.name(), table);
    }

    void goesAway(String bootstrapServersOrProject) {
        away.add(bootstrapServersOrProject);
    }

    List<String> statements() {
        return statements;
    }

    @Override
    public String reach(DataSourceConnection connection) {
        if (connection instanceof DataSourceConnection.Kafka kafka) {
            requireThere(kafka.bootstrapServers());
        } else if (connection instanceof DataSourceConnection.MaxCompute project) {
            requireThere(project.project());
        }
        return "Reached.";
    }

    @Override
    public List<Topic> topics(DataSourceConnection.Kafka connection) {
        requireThere(connection.bootstrapServers());
        return topics.getOrDefault(connection.bootstrapServers(), List.of());
    }

    @Override
    public List<String> tables(DataSourceConnection.MaxCompute connection) {
        requireThere(connection.project());
        return List.copyOf(tables.getOrDefault(connection.project(), Map.of()).keySet());
    }

    @Override
    public Optional<TableSchema> table(
            DataSourceConnection.MaxCompute connection, @Nullable String schema, String table) {
        requireThere(connection.project());
        return Optional.ofNullable(
                tables.getOrDefault(connection.project() + (schema == null ? "" : "." + schema), Map.of())
                        .get(table));
    }

    @Override
    public void execute(DataSourceConnection.MaxCompute connection, String ddl) {
        requireThere(connection.project());
        statements.add(ddl);
    }

    private void requireThere(String place) {
        if (away.contains(place)) {
            throw new CatalogException(place + " does not answer.", null);
        }
    }
}
