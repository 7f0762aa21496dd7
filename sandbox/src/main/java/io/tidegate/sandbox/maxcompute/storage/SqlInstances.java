package io.tidegate.sandbox.maxcompute.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL instances: what was asked, how it ended, and the text or rows it gave. */
public final class SqlInstances {
    /** How an instance stands. */
    public enum Status {
        RUNNING,
        SUCCESS,
        FAILED,
        CANCELLED
    }

    /**
     * One instance.
     *
     * @param text the answer of a statement without rows, or the message of a failure; empty otherwise
     * @param columns of the rows, empty if there are none to fetch
     */
    public record SqlInstance(
            String id,
            String project,
            String task,
            String query,
            Status status,
            String text,
            List<ColumnDefinition> columns,
            long rows,
            Instant startedAt,
            @Nullable Instant endedAt) {

        public boolean hasRows() {
            return !columns.isEmpty();
        }

        /** The DuckDB table that keeps the rows. */
        public String resultTable() {
            return "result." + Names.quoted(id);
        }

        public Reading.Snapshot snapshot() {
            return new Reading.Snapshot(resultTable(), columns, rows);
        }
    }

    private final Database database;
    private final InstantSource clock;

    public SqlInstances(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public SqlInstance start(String id, String project, String task, String query) throws SQLException {
        SqlInstance instance = new SqlInstance(
                id, Names.folded(project), task, query, Status.RUNNING, "", List.of(), 0, clock.instant(), null);
        return database.change(connection -> {
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.instance VALUES (?, ?, ?, ?, 'RUNNING', '', '', '[]', 0, ?, NULL)",
                    id,
                    instance.project(),
                    task,
                    query,
                    instance.startedAt().toEpochMilli());
            return instance;
        });
    }

    /** Ends a running instance; one that has ended stays as it is. */
    public void end(String id, Status status, String text, List<ColumnDefinition> columns, long rows)
            throws SQLException {
        database.change(connection -> Jdbc.update(
                connection,
                "UPDATE meta.instance SET status = ?, text = ?, columns = ?, row_count = ?, ended = ? WHERE id = ? AND status = 'RUNNING'",
                status.name(),
                text,
                Catalog.written(columns),
                rows,
                clock.millis(),
                id));
    }

    public Optional<SqlInstance> find(String project, String id) throws SQLException {
        return database.read(connection -> Jdbc.first(
                connection,
                "SELECT * FROM meta.instance WHERE project = ? AND id = ?",
                SqlInstances::instance,
                Names.folded(project),
                id));
    }

    private static SqlInstance instance(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        boolean running = row.wasNull();
        return new SqlInstance(
                row.getString("id"),
                row.getString("project"),
                row.getString("task"),
                row.getString("query"),
                Status.valueOf(row.getString("status")),
                row.getString("text"),
                Catalog.columns(row.getString("columns")),
                row.getLong("row_count"),
                Instant.ofEpochMilli(row.getLong("started")),
                running ? null : Instant.ofEpochMilli(ended));
    }
}
