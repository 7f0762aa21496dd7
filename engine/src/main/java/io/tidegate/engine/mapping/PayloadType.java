package io.tidegate.engine.mapping;

import java.util.Locale;

/** How the bytes of a key or a value are understood. Numbers are big-endian, as Kafka's own serializers write them. */
public enum PayloadType {
    STRING(0),
    BYTEARRAY(0),
    LONG(8),
    INTEGER(4),
    SHORT(2),
    DOUBLE(8),
    FLOAT(4);

    private final int bytes;

    PayloadType(int bytes) {
        this.bytes = bytes;
    }

    /** Number of bytes each value must have; 0 for any. */
    int bytes() {
        return bytes;
    }

    public boolean isNumber() {
        return bytes > 0;
    }

    /**
     * Reads a name as documents write it, in any case.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public static PayloadType parse(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("INT") ? INTEGER : valueOf(upper);
    }
}
