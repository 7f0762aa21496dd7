package io.tidegate.engine.mapping;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Brings the bytes of a key or a value into a column. */
final class PayloadReader {
    private final PayloadType type;
    private final TextDecoder text;
    private final boolean emptyAsNull;

    PayloadReader(PayloadType type, TextDecoder text, boolean emptyAsNull) {
        this.type = type;
        this.text = text;
        this.emptyAsNull = emptyAsNull;
    }

    @Nullable Object convert(byte @Nullable [] bytes, ColumnConverter column) throws UnfitValueException {
        if (bytes == null || (emptyAsNull && bytes.length == 0 && !type.isNumber())) {
            return null;
        }
        if (type.isNumber() && bytes.length != type.bytes()) {
            throw new UnfitValueException(
                    "it has %d bytes, not the %d of a %s".formatted(bytes.length, type.bytes(), type));
        }
        return switch (type) {
            case STRING -> column.fromUtf8(text.utf8(bytes));
            case BYTEARRAY -> column.fromBytes(bytes);
            case LONG -> column.fromLong(ByteBuffer.wrap(bytes).getLong());
            case INTEGER -> column.fromLong(ByteBuffer.wrap(bytes).getInt());
            case SHORT -> column.fromLong(ByteBuffer.wrap(bytes).getShort());
            case DOUBLE -> column.fromDouble(ByteBuffer.wrap(bytes).getDouble());
            case FLOAT -> ofFloat(ByteBuffer.wrap(bytes).getFloat(), column);
        };
    }

    /** By its shortest digits: 0.1f is 0.1, not 0.10000000149011612. */
    private static @Nullable Object ofFloat(float value, ColumnConverter column) throws UnfitValueException {
        return Float.isNaN(value) || Float.isInfinite(value)
                ? column.fromDouble(value)
                : column.fromNumber(Float.toString(value));
    }
}
