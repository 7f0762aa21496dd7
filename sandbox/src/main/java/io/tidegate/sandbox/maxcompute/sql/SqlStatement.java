package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement after parsing. Partition values map key to value, a null value for a dynamic key. */
sealed interface SqlStatement {
    record CreateTable(
            TableName table,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            List<ColumnDefinition> partitionKeys,
            String comment,
            int lifecycleDays,
            boolean external)
            implements SqlStatement {}

    record DropTable(TableName table, boolean ifExists) implements SqlStatement {}

    record AddPartitions(TableName table, boolean ifNotExists, List<Map<String, String>> partitions)
            implements SqlStatement {}

    record DropPartitions(TableName table, boolean ifExists, List<Map<String, String>> partitions)
            implements SqlStatement {}

    record SetLifecycle(TableName table, int days) implements SqlStatement {}

    record AddColumns(TableName table, List<ColumnDefinition> columns) implements SqlStatement {}

    record Truncate(TableName table, List<Map<String, String>> partitions) implements SqlStatement {}

    record ShowTables(String project, Optional<String> like) implements SqlStatement {}

    record ShowPartitions(TableName table) implements SqlStatement {}

    record Describe(TableName table, Optional<Map<String, String>> partition) implements SqlStatement {}

    record Insert(
            TableName table,
            boolean overwrite,
            Map<String, @Nullable String> partition,
            List<String> columns,
            List<Token> query)
            implements SqlStatement {}

    record Query(List<Token> tokens) implements SqlStatement {}
}
