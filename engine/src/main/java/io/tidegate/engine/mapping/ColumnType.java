package io.tidegate.engine.mapping;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The type of a destination column, or of what is inside one.
 *
 * @param kind which type
 * @param name as the service writes it, for example {@code DECIMAL(10,2)} or {@code ARRAY<BIGINT>}
 * @param length characters of CHAR and VARCHAR, digits of DECIMAL; otherwise 0
 * @param scale digits after the point of DECIMAL; otherwise 0
 * @param members what is inside: the element of an ARRAY, key and value of a MAP, the members of a STRUCT in their order;
 *     otherwise empty
 */
public record ColumnType(Kind kind, String name, int length, int scale, List<Member> members) {

    public ColumnType {
        members = List.copyOf(members);
    }

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
        ARRAY,
        MAP,
        STRUCT,
        /** Whatever else the service knows: such columns stay NULL. */
        OTHER;

        /** Whether values of this type hold values of other types. */
        public boolean isNested() {
            return this == ARRAY || this == MAP || this == STRUCT;
        }
    }

    /**
     * A place inside a nested type.
     *
     * @param name of a STRUCT's member as the service writes it; {@code element}, {@code key} or {@code value} otherwise
     */
    public record Member(String name, ColumnType type) {}

    /** Reads a type as the service writes it, in any case. What cannot be read is of kind OTHER. */
    public static ColumnType parse(String name) {
        return ColumnTypeParser.parse(name);
    }

    /** A type without anything inside. */
    static ColumnType plain(Kind kind, String name, int length, int scale) {
        return new ColumnType(kind, name, length, scale, List.of());
    }

    static ColumnType other(String name) {
        return plain(Kind.OTHER, name.trim().toUpperCase(Locale.ROOT), 0, 0);
    }

    static ColumnType nested(Kind kind, List<Member> members) {
        String inside = members.stream()
                .map(member -> kind == Kind.STRUCT
                        ? quoted(member.name()) + ":" + member.type().name()
                        : member.type().name())
                .collect(Collectors.joining(","));
        return new ColumnType(kind, kind + "<" + inside + ">", 0, 0, members);
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z0-9_]+") ? name : "`" + name.replace("`", "``") + "`";
    }
}
