package io.tidegate.app.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.DryRunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a copy would do, as a person reads it. */
final class DryRunText {
    private static final int DIRTY_SHOWN_MAX = 10;
    private static final int CELL_WIDTH_MAX = 40;

    private final DryRunReport report;
    private final StringBuilder text = new StringBuilder();

    private DryRunText(DryRunReport report) {
        this.report = report;
    }

    static String of(DryRunReport report) {
        return new DryRunText(report).write();
    }

    private String write() {
        OffsetPlan plan = report.plan();
        line(
                "%s -> %s%s (%s)",
                plan.topic(),
                report.table(),
                report.tablePartition() == null ? "" : " " + report.tablePartition(),
                report.writeMode());
        if (plan.windowStart() != null || plan.windowEnd() != null) {
            line("Window [%s, %s)", orOpen(plan.windowStart()), orOpen(plan.windowEnd()));
        }
        partitions(plan);
        line("");
        mappings();
        line("");
        sample();
        line("");
        line("%s", table());
        text.append("Nothing was written.");
        return text.toString();
    }

    private static String orOpen(@Nullable Object bound) {
        return bound == null ? "open" : bound.toString();
    }

    private void partitions(OffsetPlan plan) {
        line("%9s %14s %14s %12s  %s", "partition", "begin", "end", "offsets", "read to");
        for (OffsetPlan.PartitionRange range : plan.partitions()) {
            line(
                    "%9d %,14d %,14d %,12d  %s",
                    range.partition(),
                    range.begin(),
                    range.end(),
                    range.end() - range.begin(),
                    switch (range.endSource()) {
                        case TIMESTAMP -> "the first record past the allowed lateness";
                        case LOG_END -> "the log end";
                        case OFFSET -> "the offset in the document";
                        case HISTORY -> "the last record known to belong to the window";
                        case TAKEN -> "where the following window's copy took over";
                    });
        }
    }

    private void mappings() {
        int name = 0;
        int type = 0;
        for (DryRunReport.Mapping mapping : report.mappings()) {
            name = Math.max(name, mapping.column().name().length());
            type = Math.max(type, mapping.column().type().name().length());
        }
        for (DryRunReport.Mapping mapping : report.mappings()) {
            line(
                    "%-" + name + "s  %-" + type + "s  <- %s",
                    mapping.column().name(),
                    mapping.column().type().name(),
                    mapping.field() == null ? "nothing, stays NULL" : mapping.field());
        }
    }

    private void sample() {
        DryRunReport.Sample sample = report.sample();
        if (sample.looked() == 0) {
            line("There is nothing to read.");
            return;
        }
        line(
                "Sample: %,d records looked at, %,d of them in the window; %,d tried, of which %,d convert and %,d are"
                        + " dirty.",
                sample.looked(),
                sample.inWindow(),
                sample.converted() + sample.dirty().size(),
                sample.converted(),
                sample.dirty().size());
        for (DirtyRecord record :
                sample.dirty().subList(0, Math.min(sample.dirty().size(), DIRTY_SHOWN_MAX))) {
            line(
                    "  dirty: partition %d, offset %d, column %s: %s (%s)",
                    record.partition(), record.offset(), record.column(), record.reason(), shortened(record.excerpt()));
        }
        if (report.tooManyDirty()) {
            line(
                    "  The copy would fail: the sample alone holds more dirty records than the %d that errorLimit"
                            + " allows.",
                    report.dirtyMax());
        }
        sample.shortened()
                .forEach((column, values) -> line(
                        "  too long: %,d values of column %s, which overLengthRule cuts or sets to NULL",
                        values, column));
        rows(sample.rows());
        line(
                "Estimate: about %,d rows, %,.1f MB of keys, values and headers.",
                sample.estimatedRows(), sample.estimatedBytes() / 1e6);
    }

    /** The first rows, side by side as a table would show them; unmapped columns are left out. */
    private void rows(List<DryRunReport.Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(new ArrayList<>(List.of("partition:offset")));
        rows.forEach(row -> lines.add(new ArrayList<>(List.of(row.partition() + ":" + row.offset()))));
        for (int column = 0; column < report.mappings().size(); column++) {
            if (report.mappings().get(column).field() == null) {
                continue;
            }
            lines.get(0).add(report.mappings().get(column).column().name());
            for (int i = 0; i < rows.size(); i++) {
                String value = rows.get(i).values().get(column);
                lines.get(i + 1).add(value == null ? "NULL" : shortened(value));
            }
        }
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> cells : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        for (List<String> cells : rows.isEmpty() ? List.<List<String>>of() : lines) {
            StringBuilder joined = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                joined.append(' ')
                        .append(cells.get(i))
                        .append(" ".repeat(widths[i] - cells.get(i).length() + 1));
            }
            text.append(joined.toString().stripTrailing()).append(System.lineSeparator());
        }
    }

    private static String shortened(String value) {
        String oneLine = value.replaceAll("\\p{Cntrl}+", " ");
        return oneLine.length() <= CELL_WIDTH_MAX ? oneLine : oneLine.substring(0, CELL_WIDTH_MAX - 1) + "…";
    }

    private String table() {
        String where = report.tablePartition() == null
                ? "Table " + report.table()
                : "Partition %s of %s".formatted(report.tablePartition(), report.table());
        if (!report.partitionThere()) {
            return where + " is not there yet; the copy would make it.";
        }
        return String.format(
                Locale.ROOT,
                "%s holds %,d rows now; the copy would %s.",
                where,
                report.rowsNow(),
                report.writeMode() == WriteMode.OVERWRITE ? "replace them" : "add to them");
    }

    private void line(String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
