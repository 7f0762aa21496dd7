package io.tidegate.scheduler.datasource;

import io.tidegate.engine.DataSourceConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks into Kafka clusters and MaxCompute projects. Every method blocks for as long as the other side takes, within the
 * implementation's own limit, and throws {@link CatalogException} when it is not reached or refuses.
 */
public interface Catalogs {
    /** Tries to reach and to log in. Returns what was found there, in one sentence. */
    String reach(DataSourceConnection connection);

    /** The topics, without Kafka's internal ones, by name. */
    List<Topic> topics(DataSourceConnection.Kafka connection);

    /** The names of the tables, ascending. */
    List<String> tables(DataSourceConnection.MaxCompute connection);

    /**
     * The table with this name, whatever the case of its letters.
     *
     * @param schema the schema of a project of three layers; null for the project's own tables
     */
    Optional<TableSchema> table(DataSourceConnection.MaxCompute connection, @Nullable String schema, String table);

    /** Runs one DDL statement. */
    void execute(DataSourceConnection.MaxCompute connection, String ddl);
}
