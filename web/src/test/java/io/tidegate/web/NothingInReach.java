package io.tidegate.web;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.Catalogs;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.datasource.Topic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network without a cluster or project. */
final class NothingInReach implements Catalogs {
    @Override
    public String reach(DataSourceConnection connection) {
        throw unreachable();
    }

    @Override
    public List<Topic> topics(DataSourceConnection.Kafka connection) {
        throw unreachable();
    }

    @Override
    public List<String> tables(DataSourceConnection.MaxCompute connection) {
        throw unreachable();
    }

    @Override
    public Optional<TableSchema> table(
            DataSourceConnection.MaxCompute connection, @Nullable String schema, String table) {
        throw unreachable();
    }

    @Override
    public void execute(DataSourceConnection.MaxCompute connection, String ddl) {
        throw unreachable();
    }

    private static CatalogException unreachable() {
        return new CatalogException("Nothing answers at that address.", null);
    }
}
