package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.Database;
import io.tidegate.sandbox.maxcompute.storage.Insertion;
import io.tidegate.sandbox.maxcompute.storage.Interruption;
import io.tidegate.sandbox.maxcompute.storage.Names;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.QueryResults;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Runs one statement of MaxCompute SQL. */
public final class SqlEngine {
    private final Database database;
    private final Insertion insertion;
    private final Definitions definitions;
    private final TableLookup lookup;
    private final Catalog catalog;

    public SqlEngine(Database database, Catalog catalog, Partitions partitions, Insertion insertion) {
        this.database = database;
        this.catalog = catalog;
        this.insertion = insertion;
        this.definitions = new Definitions(catalog, partitions);
        this.lookup = new CatalogLookup(catalog, partitions);
    }

    /** What came of a statement: a text, or rows in a kept table. */
    public sealed interface Answer {
        record Text(String text) implements Answer {}

        record Rows(List<ColumnDefinition> columns, long count) implements Answer {}
    }

    /**
     * What to run.
     *
     * @param zone the zone of this statement's dates, odps.sql.timezone; null for the project's
     * @param resultTable where a query leaves its rows
     * @param interruption lets another thread end it
     */
    public record Request(
            String project, String text, @Nullable String zone, String resultTable, Interruption interruption) {}

    /**
     * Runs the statement to its end.
     *
     * @throws SqlFailure if MaxCompute would refuse it
     * @throws SQLException if the store fails
     */
    public Answer run(Request request) throws SqlFailure, SQLException {
        String project = Names.folded(request.project());
        try {
            SqlStatement statement = StatementParser.parse(project, request.text());
            if (statement instanceof SqlStatement.Query query) {
                return query(request, QueryRewriter.rewrite(project, query.tokens(), lookup));
            }
            if (statement instanceof SqlStatement.Insert insert) {
                Rewritten source = QueryRewriter.rewrite(project, insert.query(), lookup);
                return insert(request, insert, source);
            }
            return new Answer.Text(definitions.run(statement));
        } catch (RefusedException e) {
            String message = String.valueOf(e.getMessage());
            throw new SqlFailure(
                    message.startsWith("ODPS-")
                            ? message
                            : "ODPS-0130071:[0,0] Semantic analysis exception - " + message);
        }
    }

    private Answer query(Request request, Rewritten query) throws SqlFailure, SQLException {
        try (DuckDBConnection connection = connect(request)) {
            QueryResults.Kept kept =
                    QueryResults.keep(connection, request.resultTable(), query.sql(), request.interruption());
            return new Answer.Rows(kept.columns(), kept.rows());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(
                    e, query, QueryResults.prefix(request.resultTable()).length());
        }
    }

    private Answer insert(Request request, SqlStatement.Insert insert, Rewritten source)
            throws SqlFailure, SQLException {
        TableName name = insert.table();
        TableDefinition table = catalog.find(name.project(), name.table())
                .orElseThrow(() -> SqlFailure.noTable(name.at(), name.project(), name.table()));
        Map<String, String> fixed = new HashMap<>();
        insert.partition().forEach((key, value) -> {
            if (value != null) {
                fixed.put(key, value);
            }
        });
        checkPartition(insert, table);
        List<String> targets = insert.columns().isEmpty()
                ? table.columns().stream().map(ColumnDefinition::name).toList()
                : insert.columns();
        for (String target : targets) {
            if (table.columns().stream().noneMatch(c -> c.name().equals(target))) {
                throw SqlFailure.semantic(name.at(), "column %s cannot be resolved".formatted(target));
            }
        }
        Insertion.Order order = new Insertion.Order(table, targets, fixed, insert.overwrite(), source.sql());
        try (DuckDBConnection connection = connect(request)) {
            int width = QueryResults.width(connection, source.sql());
            if (width != order.width()) {
                throw SqlFailure.semantic(
                        name.at(),
                        "wrong columns count %d in data source, requires %d columns (includes dynamic partitions if any)"
                                .formatted(width, order.width()));
            }
            insertion.run(connection, order, request.interruption());
            return new Answer.Text("");
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, source, 0);
        }
    }

    private static void checkPartition(SqlStatement.Insert insert, TableDefinition table) throws SqlFailure {
        List<String> keys =
                table.partitionKeys().stream().map(ColumnDefinition::name).toList();
        for (String key : insert.partition().keySet()) {
            if (!keys.contains(key)) {
                throw SqlFailure.semantic(
                        insert.table().at(), "%s is not a partition key of %s".formatted(key, table.name()));
            }
        }
        if (!insert.partition().isEmpty() && insert.partition().size() < keys.size()) {
            throw SqlFailure.semantic(insert.table().at(), "the partition must name each of the keys " + keys);
        }
    }

    private DuckDBConnection connect(Request request) throws SqlFailure, SQLException {
        DuckDBConnection connection = database.connect();
        try {
            if (request.zone() != null) {
                QueryResults.setZone(connection, ZoneId.of(request.zone()).getId());
            }
            return connection;
        } catch (DateTimeException e) {
            connection.close();
            throw new SqlFailure(
                    "ODPS-0130071:[0,0] Semantic analysis exception - odps.sql.timezone: " + e.getMessage());
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private record CatalogLookup(Catalog catalog, Partitions partitions) implements TableLookup {
        @Override
        public Optional<TableDefinition> find(String project, String table) throws SQLException {
            return catalog.find(project, table);
        }

        @Override
        public Optional<String> greatestPartition(TableDefinition table) throws SQLException {
            return partitions.list(table).stream()
                    .filter(partition -> partition.rows() > 0)
                    .map(partition -> partition.name().split("/", 2)[0])
                    .map(first -> first.substring(first.indexOf('=') + 1))
                    .max(String::compareTo);
        }
    }
}
