package io.tidegate.scheduler.datasource;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.KafkaCatalog;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.TableDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks through the engine's own clients, so that what is found here is found when a node runs. */
public final class EngineCatalogs implements Catalogs {
    @Override
    public String reach(DataSourceConnection connection) {
        return asked(() -> {
            if (connection instanceof DataSourceConnection.Kafka kafka) {
                new KafkaCatalog(kafka).checkReachable();
                return "The Kafka cluster at " + kafka.bootstrapServers() + " answers and accepts the login.";
            }
            DataSourceConnection.MaxCompute project = (DataSourceConnection.MaxCompute) connection;
            new MaxComputeCatalog(project).checkReachable();
            return "MaxCompute answers at " + project.endpoint() + " and shows the project " + project.project() + ".";
        });
    }

    @Override
    public List<Topic> topics(DataSourceConnection.Kafka connection) {
        return asked(() -> new KafkaCatalog(connection)
                .topics().stream()
                        .map(topic -> new Topic(topic.name(), topic.partitions()))
                        .toList());
    }

    @Override
    public List<String> tables(DataSourceConnection.MaxCompute connection) {
        return asked(() -> new MaxComputeCatalog(connection).tables());
    }

    @Override
    public Optional<TableSchema> table(
            DataSourceConnection.MaxCompute connection, @Nullable String schema, String table) {
        return asked(() -> {
            try {
                return Optional.of(schema(new MaxComputeCatalog(connection, schema).table(table)));
            } catch (EngineFailure e) {
                if (e.kind() == FailureKind.MISSING_OBJECT) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void execute(DataSourceConnection.MaxCompute connection, String ddl) {
        asked(() -> {
            new MaxComputeCatalog(connection).runDdl(ddl);
            return ddl;
        });
    }

    private static TableSchema schema(TableDescription table) {
        return new TableSchema(
                table.name(),
                table.columns().stream()
                        .map(column -> new TableSchema.Column(
                                column.name(), column.type().name(), column.comment()))
                        .toList(),
                table.partitionKeys().stream()
                        .map(key -> new TableSchema.Column(key.name(), key.type(), ""))
                        .toList());
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws EngineFailure;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (EngineFailure e) {
            throw new CatalogException(e.userMessage(), e);
        }
    }
}
