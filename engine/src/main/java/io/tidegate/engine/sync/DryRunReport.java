package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a copy would do, found out without writing anything.
 *
 * @param plan the offsets that would be read
 * @param table the table that would be written, as {@code project.table}
 * @param tablePartition the partition, as {@code ds=2022112210}; null when the table has none
 * @param writeMode whether the rows would replace what is there
 * @param partitionThere whether the partition is there already; true for a table without partitions
 * @param rowsNow rows that it holds now, 0 when it is not there
 * @param mappings one for each column of the table, in its order
 * @param sample what became of some records
 * @param dirtyMax how many dirty records the job allows, null for any number
 */
public record DryRunReport(
        OffsetPlan plan,
        String table,
        @Nullable String tablePartition,
        WriteMode writeMode,
        boolean partitionThere,
        long rowsNow,
        List<Mapping> mappings,
        Sample sample,
        @Nullable Long dirtyMax) {

    public DryRunReport {
        mappings = List.copyOf(mappings);
    }

    /**
     * @param column of the table
     * @param field the source field as the document writes it; null when the column stays NULL
     */
    public record Mapping(
            DestinationColumn column, @Nullable String field) {}

    /**
     * Some records of the plan, taken from places spread over it.
     *
     * @param looked records that were read, in the window or not
     * @param inWindow those of them that belong to the window
     * @param converted records of the window that were turned into rows
     * @param dirty records of the window that do not convert
     * @param shortened how many of their values, by column, were too long and would be cut or left out
     * @param rows the first rows, each with the text of its values in the table's order, null for NULL
     * @param estimatedRows rows the copy would write, as far as the sample tells
     * @param estimatedBytes bytes of keys, values and headers of these records
     */
    public record Sample(
            long looked,
            long inWindow,
            int converted,
            List<DirtyRecord> dirty,
            Map<String, Long> shortened,
            List<Row> rows,
            long estimatedRows,
            long estimatedBytes) {
        public Sample {
            dirty = List.copyOf(dirty);
            shortened = Collections.unmodifiableSortedMap(new TreeMap<>(shortened));
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param partition Kafka partition of the record
     * @param offset its offset
     * @param values text of each column, null for NULL
     */
    public record Row(int partition, long offset, List<@Nullable String> values) {
        public Row {
            values = Collections.unmodifiableList(new java.util.ArrayList<>(values));
        }
    }

    /** Whether the dirty records of the sample alone are more than the job allows. */
    public boolean tooManyDirty() {
        return dirtyMax != null && sample.dirty().size() > dirtyMax;
    }
}
