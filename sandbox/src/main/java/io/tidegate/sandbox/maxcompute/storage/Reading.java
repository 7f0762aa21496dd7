package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.Column;
import com.aliyun.odps.TableSchema;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.data.Record;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Reads rows back: of a table as it stands now, or of a kept result. */
public final class Reading {
    private final Database database;

    public Reading(Database database) {
        this.database = database;
    }

    /** Takes each row; the record is used again for the next one. */
    public interface RecordSink {
        void accept(Record row) throws IOException;
    }

    /**
     * Rows that stay the same however often they are read.
     *
     * @param source DuckDB's FROM clause
     */
    public record Snapshot(String source, List<ColumnDefinition> columns, long rows) {
        public Snapshot {
            columns = List.copyOf(columns);
        }
    }

    /** What is committed in the partition, or in the whole table if the name is {@link PartitionName#NONE}. */
    public Snapshot snapshot(TableDefinition table, PartitionName partition) throws SQLException {
        return database.read(connection -> {
            record Attempt(long number, long rows) {}
            String condition =
                    partition.values().isEmpty() ? "" : " AND partition = " + Names.literal(partition.text());
            List<Attempt> attempts = Jdbc.list(
                    connection,
                    "SELECT attempt, row_count FROM meta.visible WHERE table_id = ?" + condition + " ORDER BY attempt",
                    row -> new Attempt(row.getLong(1), row.getLong(2)),
                    table.id());
            String numbers =
                    attempts.stream().map(a -> Long.toString(a.number())).collect(Collectors.joining(", "));
            return new Snapshot(
                    table.dataTable() + " WHERE "
                            + (attempts.isEmpty() ? "false" : TableDefinition.ATTEMPT + " IN (" + numbers + ")"),
                    table.columns(),
                    attempts.stream().mapToLong(Attempt::rows).sum());
        });
    }

    /** Reads the named columns of rows {@code [start, start + count)}. */
    public void read(Snapshot snapshot, List<ColumnDefinition> columns, long start, long count, RecordSink sink)
            throws SQLException, IOException {
        List<CellReader> readers =
                columns.stream().map(c -> CellReader.of(c.name(), c.type())).toList();
        String sql = "SELECT %s FROM %s LIMIT %d OFFSET %d"
                .formatted(
                        readers.stream().map(CellReader::expression).collect(Collectors.joining(", ")),
                        snapshot.source(),
                        count,
                        start);
        ArrayRecord record =
                new ArrayRecord(columns.stream().map(ColumnDefinition::toColumn).toArray(Column[]::new), false);
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 0; i < readers.size(); i++) {
                    record.set(i, readers.get(i).read(rows, i + 1));
                }
                sink.accept(record);
            }
        }
    }

    /** The schema under which these columns travel. */
    public static TableSchema schema(List<ColumnDefinition> columns) {
        TableSchema schema = new TableSchema();
        schema.setColumns(columns.stream().map(ColumnDefinition::toColumn).toList());
        return schema;
    }
}
