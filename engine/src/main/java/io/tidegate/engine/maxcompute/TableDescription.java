package io.tidegate.engine.maxcompute;

import io.tidegate.engine.mapping.DestinationColumn;
import java.util.List;

/**
 * A table as it is.
 *
 * @param project the project it lives in
 * @param name its name
 * @param kind what it is
 * @param columns its columns, without partition keys, in its order
 * @param partitionKeys its partition keys, from the first level to the last; empty when it has none
 */
public record TableDescription(
        String project, String name, Kind kind, List<DestinationColumn> columns, List<PartitionKey> partitionKeys) {

    public TableDescription {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
    }

    /** What goes by the name of a table. */
    public enum Kind {
        TABLE,
        VIEW,
        /** Its data live in another service; the Tunnel does not write there. */
        EXTERNAL
    }

    /** A partition key and its type, as {@code STRING}. */
    public record PartitionKey(String name, String type) {}
}
