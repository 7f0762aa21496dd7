package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.ColumnType.Kind;
import java.nio.charset.StandardCharsets;

/** STRING, VARCHAR and CHAR. Every value has a text. */
final class TextConverter extends ColumnConverter {
    /** The service's own limit of a field. */
    static final int STRING_BYTES_MAX = 8 << 20;

    private final ColumnType type;

    TextConverter(ColumnType type) {
        this.type = type;
    }

    @Override
    Object fromText(String text) throws UnfitValueException {
        if (type.kind() == Kind.STRING) {
            return fromUtf8(text.getBytes(StandardCharsets.UTF_8));
        }
        // Counted as the service's client counts, which refuses longer ones.
        if (text.length() > type.length()) {
            throw new UnfitValueException(
                    "it has %d characters, too many for %s".formatted(text.length(), type.name()));
        }
        return text;
    }

    @Override
    Object fromUtf8(byte[] bytes) throws UnfitValueException {
        if (type.kind() != Kind.STRING) {
            return fromText(new String(bytes, StandardCharsets.UTF_8));
        }
        if (bytes.length > STRING_BYTES_MAX) {
            throw new UnfitValueException(
                    "it has %d bytes; a STRING holds at most %d".formatted(bytes.length, STRING_BYTES_MAX));
        }
        return bytes;
    }

    @Override
    Object fromBytes(byte[] bytes) throws UnfitValueException {
        if (type.kind() != Kind.STRING) {
            throw new UnfitValueException("bytes do not fit a column of type " + type.name());
        }
        return fromUtf8(bytes);
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        return fromText(digits);
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        return fromText(value ? "true" : "false");
    }

    @Override
    Object fromStructure(String json) throws UnfitValueException {
        return fromText(json);
    }

    @Override
    String typeName() {
        return type.name();
    }
}
