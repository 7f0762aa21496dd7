package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Suggests the statement that creates a table to copy a topic into: "Generate Destination Table Schema". */
public final class DestinationTable {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    /** A hundred years. */
    private static final int LIFECYCLE_DAYS = 36_500;

    private static final Map<String, String> ATTRIBUTES = attributes();

    private DestinationTable() {}

    /**
     * The statement.
     *
     * @param topic names the table; what a table name may not hold becomes an underscore
     * @param readerColumns what the reader yields: attribute fields, JSON paths, constants; empty for the six attributes
     */
    public static String ddl(String topic, List<String> readerColumns) {
        if (!TOPIC.matcher(topic).matches()) {
            throw InvalidInputException.of(
                    "/topic", "'" + topic + "' is not a topic name.", "Choose a topic of the Kafka data source.");
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (String field : readerColumns.isEmpty() ? List.copyOf(ATTRIBUTES.keySet()) : readerColumns) {
            String name = freeName(columns, columnName(field));
            columns.put(name, ATTRIBUTES.getOrDefault(field, "STRING"));
        }
        List<String> lines = new ArrayList<>();
        columns.forEach((name, type) -> lines.add("  `" + name + "` " + type));
        return "CREATE TABLE IF NOT EXISTS `" + identifier(topic) + "` (\n"
                + String.join(",\n", lines)
                + "\n)\nPARTITIONED BY (`" + freeName(columns, "ds") + "` STRING)\nLIFECYCLE " + LIFECYCLE_DAYS + ";\n";
    }

    private static Map<String, String> attributes() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("__key__", "STRING");
        types.put("__value__", "STRING");
        types.put("__partition__", "BIGINT");
        types.put("__headers__", "STRING");
        types.put("__offset__", "BIGINT");
        types.put("__timestamp__", "BIGINT");
        return types;
    }

    private static String columnName(String field) {
        if (field.startsWith("'")) {
            return "constant";
        }
        return ATTRIBUTES.containsKey(field) ? field : identifier(field);
    }

    /** Letters, digits and underscores in lower case, as MaxCompute has them; never empty, never led by a digit. */
    private static String identifier(String text) {
        String clean = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
        String trimmed = clean.replaceAll("^_+|_+$", "");
        if (trimmed.isEmpty()) {
            return "column";
        }
        return Character.isDigit(trimmed.charAt(0)) ? "t_" + trimmed : trimmed;
    }

    private static String freeName(Map<String, String> taken, String wanted) {
        String name = wanted;
        for (int n = 2; taken.containsKey(name); n++) {
            name = wanted + "_" + n;
        }
        return name;
    }
}
