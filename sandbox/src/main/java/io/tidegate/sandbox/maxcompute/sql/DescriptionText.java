package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.util.List;
import java.util.Locale;

/** The boxes that DESC draws. */
final class DescriptionText {
    private static final String LINE = "+" + "-".repeat(84) + "+\n";

    private DescriptionText() {}

    static String of(TableDefinition table, Partitions.Partition total) {
        StringBuilder text = new StringBuilder(LINE);
        text.append(row("Owner: sandbox | Project: " + table.project()));
        text.append(row("TableComment: " + table.comment())).append(LINE);
        text.append(row("CreateTime: " + table.createdAt()));
        text.append(row("LastDDLTime: " + table.changedAt()));
        text.append(row("LastModifiedTime: " + table.writtenAt()));
        if (table.lifecycleDays() > 0) {
            text.append(row("Lifecycle: " + table.lifecycleDays()));
        }
        text.append(LINE).append(row("InternalTable: YES | Size: " + total.bytes() + " | Records: " + total.rows()));
        text.append(LINE).append(row("Native Columns:")).append(LINE);
        text.append(columns(table.columns()));
        if (table.partitioned()) {
            text.append(row("Partition Columns:")).append(LINE).append(columns(table.partitionKeys()));
        }
        return text.toString();
    }

    static String of(Partitions.Partition partition) {
        return LINE
                + row("PartitionSize: " + partition.bytes())
                + row("Records: " + partition.rows())
                + LINE
                + row("CreateTime: " + partition.createdAt())
                + row("LastModifiedTime: " + partition.writtenAt())
                + LINE;
    }

    private static String columns(List<ColumnDefinition> columns) {
        StringBuilder text = new StringBuilder(row("%-24s | %-24s | %s".formatted("Field", "Type", "Comment")));
        text.append(LINE);
        for (ColumnDefinition column : columns) {
            text.append(row("%-24s | %-24s | %s"
                    .formatted(column.name(), column.type().getTypeName().toLowerCase(Locale.ROOT), column.comment())));
        }
        return text.append(LINE).toString();
    }

    private static String row(String content) {
        return "| %-82s |\n".formatted(content);
    }
}
