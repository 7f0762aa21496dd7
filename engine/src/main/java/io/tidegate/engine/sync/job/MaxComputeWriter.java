package io.tidegate.engine.sync.job;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writer step of a job.
 *
 * @param target which project
 * @param schema the schema of a project of three layers; null for the project's own tables
 * @param table table name
 * @param partition one value for each partition key, in the order of the document, down to the last level; empty for a
 *     table without partitions
 * @param columns destination columns in the order of the source fields; null for all columns of the table in its order
 * @param mode whether the partition is replaced or added to
 * @param emptyAsNull whether empty text is written as NULL
 * @param overLength what becomes of text that is too long
 * @param tunnel how the Tunnel is used
 */
public record MaxComputeWriter(
        MaxComputeTarget target,
        @Nullable String schema,
        String table,
        List<PartitionValue> partition,
        @Nullable List<String> columns,
        WriteMode mode,
        boolean emptyAsNull,
        OverLength overLength,
        TunnelSettings tunnel) {

    public MaxComputeWriter {
        partition = List.copyOf(partition);
        columns = columns == null ? null : List.copyOf(columns);
    }

    /** The value of one partition key, as {@code ds} and {@code 2022112210}. */
    public record PartitionValue(String key, String value) {}

    /** Where the project's address and keys stand. */
    public sealed interface MaxComputeTarget {
        /** In a data source of the workspace. */
        record Named(String dataSource) implements MaxComputeTarget {}

        /** In the document. */
        record Inline(DataSourceConnection.MaxCompute connection) implements MaxComputeTarget {}
    }
}
