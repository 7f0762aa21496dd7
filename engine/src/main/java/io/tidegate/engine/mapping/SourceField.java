package io.tidegate.engine.mapping;

import java.util.List;

/** What fills one destination column. */
public sealed interface SourceField {

    /** A property of the Kafka record. */
    record OfRecord(Attribute attribute) implements SourceField {}

    /** The same text in every row. */
    record Constant(String text) implements SourceField {}

    /** A place in the record's value, which must be JSON. */
    record JsonPath(List<Step> steps) implements SourceField {
        public JsonPath {
            steps = List.copyOf(steps);
        }
    }

    /** The six properties of a record. */
    enum Attribute {
        KEY("__key__"),
        VALUE("__value__"),
        PARTITION("__partition__"),
        HEADERS("__headers__"),
        OFFSET("__offset__"),
        TIMESTAMP("__timestamp__");

        private final String field;

        Attribute(String field) {
            this.field = field;
        }

        /** As documents write it. */
        public String field() {
            return field;
        }
    }

    /** One step down into a JSON value. */
    sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    /**
     * Reads a field as documents write it: {@code __key__}, {@code 'constant'}, {@code a.a1}, {@code c[1]}, {@code d[0].AA},
     * {@code ['a.b']}.
     *
     * @throws FieldSyntaxException saying where it goes wrong
     */
    static SourceField parse(String text) throws FieldSyntaxException {
        return SourceFieldParser.parse(text);
    }

    /** Whether the text reads as a path into JSON values. */
    static boolean looksLikePath(String text) {
        try {
            return parse(text) instanceof JsonPath;
        } catch (FieldSyntaxException e) {
            return false;
        }
    }
}
