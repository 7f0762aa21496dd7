package io.tidegate.engine.maxcompute;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import org.jspecify.annotations.Nullable;

/**
 * What an upload fills, and how. Plain data, secrets included: it can be sent to another machine, but is not logged.
 *
 * @param connection the project
 * @param schema the schema of a project of three layers; null for the project's own tables
 * @param table the table
 * @param partition as {@code ds=2022112210,type=1}; null for a table without partitions
 * @param mode whether the commit replaces what is there
 * @param quota the Tunnel quota to use; null for the one that all share
 * @param codec how blocks are compressed
 */
public record UploadTarget(
        DataSourceConnection.MaxCompute connection,
        @Nullable String schema,
        String table,
        @Nullable String partition,
        WriteMode mode,
        @Nullable String quota,
        BlockCodec codec) {

    /** One of the project's own tables, by the shared quota. */
    public UploadTarget(
            DataSourceConnection.MaxCompute connection, String table, @Nullable String partition, WriteMode mode) {
        this(connection, null, table, partition, mode, null, BlockCodec.LZ4);
    }

    /** {@code project.table}, or {@code project.schema.table}. */
    public String tableName() {
        return connection.project() + "." + (schema == null ? "" : schema + ".") + table;
    }

    /** As people name it. */
    public String name() {
        return tableName() + (partition == null ? "" : " (" + partition + ")");
    }

    /** What else is in the project. */
    public MaxComputeCatalog catalog() {
        return new MaxComputeCatalog(connection, schema);
    }

    @Override
    public String toString() {
        return "UploadTarget[" + name() + ", " + mode + "]";
    }
}
