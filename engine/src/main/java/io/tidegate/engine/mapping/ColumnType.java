package io.tidegate.engine.mapping;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a destination column.
 *
 * @param kind which type
 * @param name as the service writes it, for example {@code DECIMAL(10,2)}
 * @param length characters of CHAR and VARCHAR, digits of DECIMAL; otherwise 0
 * @param scale digits after the point of DECIMAL; otherwise 0
 */
public record ColumnType(Kind kind, String name, int length, int scale) {
    private static final Pattern SHAPE = Pattern.compile("([A-Z_]+)(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?");

    /** The types that can be filled. */
    public enum Kind {
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        DECIMAL,
        STRING,
        VARCHAR,
        CHAR,
        BOOLEAN,
        DATE,
        DATETIME,
        TIMESTAMP,
        TIMESTAMP_NTZ,
        BINARY,
        JSON,
        /** ARRAY, MAP, STRUCT and whatever else the service knows: such columns stay NULL. */
        OTHER
    }

    /** Reads a type as the service writes it, in any case. */
    public static ColumnType parse(String name) {
        String upper = name.trim().toUpperCase(Locale.ROOT);
        Matcher shape = SHAPE.matcher(upper);
        if (!shape.matches()) {
            return new ColumnType(Kind.OTHER, upper, 0, 0);
        }
        Kind kind = kind(shape.group(1));
        int length = shape.group(2) == null ? 0 : Integer.parseInt(shape.group(2));
        int scale = shape.group(3) == null ? 0 : Integer.parseInt(shape.group(3));
        if (kind == Kind.DECIMAL && length == 0) {
            // DECIMAL without digits is the old type: 36 digits before the point, 18 after it.
            return new ColumnType(kind, upper, 54, 18);
        }
        return new ColumnType(kind, upper, length, scale);
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return Kind.OTHER;
    }
}
