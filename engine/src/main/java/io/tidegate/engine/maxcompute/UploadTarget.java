package io.tidegate.engine.maxcompute;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import org.jspecify.annotations.Nullable;

/**
 * What an upload fills. Plain data, secrets included: it can be sent to another machine, but is not logged.
 *
 * @param connection the project
 * @param table the table
 * @param partition as {@code ds=2022112210,type=1}; null for a table without partitions
 * @param mode whether the commit replaces what is there
 */
public record UploadTarget(
        DataSourceConnection.MaxCompute connection,
        String table,
        @Nullable String partition,
        WriteMode mode) {

    /** As people name it. */
    public String name() {
        return connection.project() + "." + table + (partition == null ? "" : " (" + partition + ")");
    }

    @Override
    public String toString() {
        return "UploadTarget[" + name() + ", " + mode + "]";
    }
}
