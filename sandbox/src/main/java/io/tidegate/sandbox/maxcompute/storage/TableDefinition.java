package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.Column;
import com.aliyun.odps.TableSchema;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table.
 *
 * @param project its name, or {@code project.schema} for a table in a schema
 * @param lifecycleDays days until a partition expires, -1 for never; kept and shown, but nothing is expired
 * @param external whether its data live elsewhere; then the Tunnel does not serve it
 * @param changedAt the last change of the definition
 * @param writtenAt the last change of the data
 */
public record TableDefinition(
        long id,
        String project,
        String name,
        List<ColumnDefinition> columns,
        List<ColumnDefinition> partitionKeys,
        String comment,
        int lifecycleDays,
        boolean external,
        Instant createdAt,
        Instant changedAt,
        Instant writtenAt) {

    /** The hidden column that marks each row with the attempt that wrote it. */
    static final String ATTEMPT = "_attempt";

    public TableDefinition {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
    }

    public boolean partitioned() {
        return !partitionKeys.isEmpty();
    }

    public Stream<ColumnDefinition> allColumns() {
        return Stream.concat(columns.stream(), partitionKeys.stream());
    }

    /** The data columns alone: what travels through the Tunnel. */
    public TableSchema dataSchema() {
        TableSchema schema = new TableSchema();
        schema.setColumns(columns.stream().map(ColumnDefinition::toColumn).toList());
        return schema;
    }

    public Column[] dataColumns() {
        return columns.stream().map(ColumnDefinition::toColumn).toArray(Column[]::new);
    }

    /** The DuckDB table that holds the rows. */
    public String dataTable() {
        return "data.t" + id;
    }

    /** The DuckDB view that shows what is committed. */
    public String view() {
        return Names.quoted(project) + "." + Names.quoted(name);
    }
}
