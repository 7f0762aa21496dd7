package io.tidegate.sandbox.maxcompute.storage;

import java.util.Locale;

/** Names and texts as DuckDB wants them. */
public final class Names {
    private Names() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** Where the tables of a project's schema live: those of the schema "default" are the project's own. */
    public static String namespace(String project, String schema) {
        String name = folded(schema);
        return name.isEmpty() || name.equals("default") ? project : project + "." + name;
    }

    /** MaxCompute's names know no case. */
    public static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
