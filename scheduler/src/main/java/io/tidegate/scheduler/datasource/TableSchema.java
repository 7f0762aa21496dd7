package io.tidegate.scheduler.datasource;

import java.util.List;

/** A MaxCompute table. Types are written as MaxCompute writes them, for example {@code DECIMAL(18,2)}. */
public record TableSchema(String name, List<Column> columns, List<Column> partitionKeys) {
    public TableSchema {
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
    }

    /** A column or a partition key. */
    public record Column(String name, String type, String comment) {}
}
