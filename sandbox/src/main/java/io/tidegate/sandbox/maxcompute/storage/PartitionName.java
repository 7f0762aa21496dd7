package io.tidegate.sandbox.maxcompute.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of one partition, in the order of the table's partition keys; empty for a table without partitions.
 */
public record PartitionName(List<String> keys, List<String> values) {
    public static final PartitionName NONE = new PartitionName(List.of(), List.of());

    public PartitionName {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /**
     * Reads {@code ds=1,hh='2'} or {@code ds=1/hh=2}, quoted or not, in any order of keys.
     *
     * @throws RefusedException InvalidPartitionSpec, if it does not name each partition key of the table once
     */
    public static PartitionName parse(String text, TableDefinition table) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String piece : pieces(text)) {
            int equals = piece.indexOf('=');
            if (equals < 0) {
                throw RefusedException.invalidPartition("'%s' is not of the form key=value".formatted(piece.strip()));
            }
            names.add(Names.folded(unquoted(piece.substring(0, equals).strip())));
            values.add(unquoted(piece.substring(equals + 1).strip()));
        }
        return of(names, values, table);
    }

    /** The same from names and values in any order. */
    public static PartitionName of(List<String> names, List<String> values, TableDefinition table) {
        List<String> keys =
                table.partitionKeys().stream().map(ColumnDefinition::name).toList();
        if (names.size() != keys.size()) {
            throw RefusedException.invalidPartition("Table %s.%s has the partition keys %s, but %s were given"
                    .formatted(table.project(), table.name(), keys, names));
        }
        List<String> ordered = new ArrayList<>();
        for (String key : keys) {
            int at = names.indexOf(key);
            if (at < 0) {
                throw RefusedException.invalidPartition("The partition key %s is missing".formatted(key));
            }
            if (values.get(at).isEmpty()) {
                throw RefusedException.invalidPartition("The value of partition key %s is empty".formatted(key));
            }
            ordered.add(values.get(at));
        }
        return new PartitionName(keys, ordered);
    }

    /** As MaxCompute writes it: {@code ds=1/hh=2}; empty for a table without partitions. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            text.append(i == 0 ? "" : "/").append(keys.get(i)).append('=').append(values.get(i));
        }
        return text.toString();
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && (c == ',' || c == '/')) {
                pieces.add(piece.toString());
                piece.setLength(0);
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            piece.append(c);
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && "'\"`".indexOf(text.charAt(0)) >= 0
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
