package io.tidegate.engine.maxcompute;

import io.tidegate.engine.mapping.FieldSyntaxException;
import io.tidegate.engine.mapping.SourceField;
import io.tidegate.engine.mapping.SourceField.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** "Generate destination table schema": the statement that makes a table for a topic. */
public final class DestinationTable {
    private static final int NAME_CHARACTERS_MAX = 128;

    /** A hundred years. */
    private static final int LIFECYCLE_DAYS = 36_500;

    private DestinationTable() {}

    /** A column to be made. */
    private record NewColumn(String name, String type, String comment) {}

    /**
     * A {@code CREATE TABLE} statement to look through and to run: the table is named as the topic, holds the six
     * attributes of a record, then a STRING column for each JSON field, and is partitioned by {@code ds}.
     *
     * @param columns source fields beside the six attributes, as {@code event_id} or {@code tag.desc}; attributes and
     *     constants among them are passed over
     */
    public static String generate(String topic, List<String> columns) {
        List<NewColumn> all = new ArrayList<>(List.of(
                new NewColumn("__key__", "STRING", "key of the record"),
                new NewColumn("__value__", "STRING", "value of the record"),
                new NewColumn("__partition__", "BIGINT", "Kafka partition, from 0"),
                new NewColumn("__headers__", "STRING", "headers of the record, as JSON"),
                new NewColumn("__offset__", "BIGINT", "offset in the partition, from 0"),
                new NewColumn("__timestamp__", "BIGINT", "time of the record in milliseconds since 1970")));
        Set<String> taken = new HashSet<>(Set.of("ds"));
        all.forEach(column -> taken.add(column.name()));
        for (String field : columns) {
            String name = columnName(field, taken);
            if (!name.isEmpty()) {
                all.add(new NewColumn(name, "STRING", "from " + field));
            }
        }
        StringBuilder ddl = new StringBuilder("CREATE TABLE IF NOT EXISTS " + tableName(topic) + " (\n");
        for (int i = 0; i < all.size(); i++) {
            NewColumn column = all.get(i);
            ddl.append("    `%s` %s COMMENT '%s'%s\n"
                    .formatted(
                            column.name(),
                            column.type(),
                            column.comment().replace("\\", "\\\\").replace("'", "\\'"),
                            i + 1 < all.size() ? "," : ""));
        }
        return ddl.append(")\nCOMMENT 'Kafka topic %s'\n".formatted(topic.replace("'", "")))
                .append("PARTITIONED BY (ds STRING COMMENT 'partition')\n")
                .append("LIFECYCLE %d;\n".formatted(LIFECYCLE_DAYS))
                .toString();
    }

    /** The topic's name as a table may be called: letters, digits and underscores, not beginning with a digit. */
    public static String tableName(String topic) {
        String name = legal(topic);
        return name.isEmpty() ? "topic" : name;
    }

    private static String legal(String text) {
        String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            name = "t_" + name;
        }
        return name.length() <= NAME_CHARACTERS_MAX ? name : name.substring(0, NAME_CHARACTERS_MAX);
    }

    private static String columnName(String field, Set<String> taken) {
        List<Step> steps;
        try {
            if (!(SourceField.parse(field) instanceof SourceField.JsonPath path)) {
                return "";
            }
            steps = path.steps();
        } catch (FieldSyntaxException e) {
            return "";
        }
        StringBuilder joined = new StringBuilder();
        for (Step step : steps) {
            joined.append(joined.isEmpty() ? "" : "_")
                    .append(step instanceof Step.Key key ? key.name() : ((Step.Index) step).index());
        }
        String base = legal(joined.toString());
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "_" + number;
        }
        return name;
    }
}
