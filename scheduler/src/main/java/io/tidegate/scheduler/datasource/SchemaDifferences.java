package io.tidegate.scheduler.datasource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a table's schema in PROD differs from the one in DEV. Comments may differ; names, types and order may not. */
public final class SchemaDifferences {
    private SchemaDifferences() {}

    /** One sentence for each column that differs; empty when the schemas are the same. */
    public static List<String> between(TableSchema dev, TableSchema prod) {
        List<String> differences = new ArrayList<>();
        compare("column", dev.columns(), prod.columns(), differences);
        compare("partition key", dev.partitionKeys(), prod.partitionKeys(), differences);
        return differences;
    }

    private static void compare(
            String noun, List<TableSchema.Column> dev, List<TableSchema.Column> prod, List<String> differences) {
        Map<String, TableSchema.Column> inDev = byName(dev);
        Map<String, TableSchema.Column> inProd = byName(prod);
        int before = differences.size();
        inDev.forEach((name, column) -> {
            TableSchema.Column other = inProd.get(name);
            if (other == null) {
                differences.add("The " + noun + " " + name + " is missing in PROD.");
            } else if (!type(column).equals(type(other))) {
                differences.add("The " + noun + " " + name + " is " + type(column) + " in DEV and " + type(other)
                        + " in PROD.");
            }
        });
        inProd.keySet().stream()
                .filter(name -> !inDev.containsKey(name))
                .forEach(name -> differences.add("The " + noun + " " + name + " is there only in PROD."));
        if (differences.size() == before && !List.copyOf(inDev.keySet()).equals(List.copyOf(inProd.keySet()))) {
            differences.add("The " + noun + "s stand in another order: " + String.join(", ", inDev.keySet())
                    + " in DEV, " + String.join(", ", inProd.keySet()) + " in PROD.");
        }
    }

    private static Map<String, TableSchema.Column> byName(List<TableSchema.Column> columns) {
        Map<String, TableSchema.Column> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name().toLowerCase(Locale.ROOT), column));
        return byName;
    }

    private static String type(TableSchema.Column column) {
        return column.type().toUpperCase(Locale.ROOT).replace(" ", "");
    }
}
