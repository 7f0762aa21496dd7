package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings source values into the Java type of one column. What a converter returns, by kind of column: Byte, Short, Integer,
 * Long, Float, Double, BigDecimal; byte[] (UTF-8) or String for STRING; String for VARCHAR, CHAR and JSON; Boolean;
 * LocalDate for DATE; Instant for DATETIME and TIMESTAMP; LocalDateTime for TIMESTAMP_NTZ; byte[] for BINARY; List for
 * ARRAY and, with one element for each member, for STRUCT; Map for MAP.
 */
abstract class ColumnConverter {

    /** A text, as a JSON string or a key. */
    abstract @Nullable Object fromText(String text) throws UnfitValueException;

    /** The digits of a JSON number, exactly as they stand there. */
    abstract @Nullable Object fromNumber(String digits) throws UnfitValueException;

    abstract @Nullable Object fromBoolean(boolean value) throws UnfitValueException;

    /** A whole number, as an offset. */
    @Nullable Object fromLong(long value) throws UnfitValueException {
        return fromNumber(Long.toString(value));
    }

    @Nullable Object fromDouble(double value) throws UnfitValueException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new UnfitValueException("%s is no number".formatted(value));
        }
        return fromNumber(Double.toString(value));
    }

    /** The text of a JSON object or array. */
    @Nullable Object fromStructure(String json) throws UnfitValueException {
        throw new UnfitValueException("a JSON object or array does not fit a column of type " + typeName());
    }

    /** Bytes that are no text. */
    @Nullable Object fromBytes(byte[] bytes) throws UnfitValueException {
        throw new UnfitValueException("bytes do not fit a column of type " + typeName());
    }

    /** Text in UTF-8 that has been checked. Overridden where no String is needed. */
    @Nullable Object fromUtf8(byte[] bytes) throws UnfitValueException {
        return fromText(new String(bytes, StandardCharsets.UTF_8));
    }

    /** What stands inside of a nested value, at its reader's token. */
    @Nullable Object fromInside(JsonToken token, NestedText text) throws IOException, UnfitValueException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> fromBoolean(true);
            case VALUE_FALSE -> fromBoolean(false);
            case VALUE_STRING ->
                wantsJson() ? fromStructure(text.slice()) : text.isNull() ? null : fromText(text.text());
            case START_ARRAY, START_OBJECT -> fromStructure(text.slice());
            default -> fromNumber(text.text());
        };
    }

    /** Whether {@link #fromStructure} wants the JSON text of every value, scalars too. */
    boolean wantsJson() {
        return false;
    }

    abstract String typeName();

    /** The converter of a column, or null when columns of this type cannot be filled. */
    static @Nullable ColumnConverter of(ColumnType type, ConversionRules rules) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT -> new IntegerConverter(type);
            case FLOAT, DOUBLE -> new FloatingConverter(type);
            case DECIMAL -> new DecimalConverter(type);
            case BOOLEAN -> new BooleanConverter();
            case STRING -> new StringConverter(rules);
            case VARCHAR, CHAR -> new CharactersConverter(type, rules);
            case JSON -> new JsonColumnConverter();
            case BINARY -> new BinaryConverter();
            case DATE, DATETIME, TIMESTAMP, TIMESTAMP_NTZ -> new TimeConverter(type, rules.zone());
            case ARRAY, MAP, STRUCT -> NestedConverter.of(type, rules);
            case OTHER -> null;
        };
    }
}
