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

    /** MaxCompute's names know no case. */
    public static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
