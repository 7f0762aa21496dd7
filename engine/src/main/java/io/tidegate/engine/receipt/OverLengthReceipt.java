package io.tidegate.engine.receipt;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Texts that were too long for their columns and did not arrive as they were.
 *
 * @param rule what became of them
 * @param columns how many values of each column, those of dirty records not among them; columns without any are not listed
 */
public record OverLengthReceipt(Rule rule, SortedMap<String, Long> columns) {
    private static final int COLUMNS_NAMED_MAX = 10;

    /** What became of the texts. Those that make their record dirty are counted there. */
    public enum Rule {
        /** Cut behind the last character that fits as a whole. */
        TRUNCATE,
        /** Left out: the column is NULL. */
        SET_NULL
    }

    public OverLengthReceipt {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }

    /** For people: how many, what became of them, and where. */
    public String sentence() {
        return "%d values were longer than their columns and were %s, as overLengthRule says: %s."
                .formatted(
                        values(),
                        rule == Rule.SET_NULL ? "set to NULL" : "cut",
                        columns.entrySet().stream()
                                .limit(COLUMNS_NAMED_MAX)
                                .map(column -> "%d of column %s".formatted(column.getValue(), column.getKey()))
                                .collect(Collectors.joining(
                                        ", ", "", columns.size() > COLUMNS_NAMED_MAX ? " and of more columns" : "")));
    }

    /** How many values of all columns. */
    public long values() {
        return columns.values().stream().mapToLong(Long::longValue).sum();
    }
}
