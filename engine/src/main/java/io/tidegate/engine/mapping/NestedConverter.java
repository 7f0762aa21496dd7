package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.engine.mapping.ColumnType.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ARRAY, MAP and STRUCT, from the JSON text of an array or object. The text, which was cut out of the record in the pass
 * over its value, is read once more here; nothing is kept of it but the values.
 */
abstract class NestedConverter extends ColumnConverter {
    private final ColumnType type;
    private final JsonToken start;
    private final boolean emptyAsNull;

    NestedConverter(ColumnType type, boolean emptyAsNull) {
        this.type = type;
        this.start = type.kind() == Kind.ARRAY ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
        this.emptyAsNull = emptyAsNull;
    }

    /** Null when something inside cannot be filled. */
    static @Nullable ColumnConverter of(ColumnType type, ConversionRules rules) {
        List<ColumnConverter> inside = new ArrayList<>();
        for (ColumnType.Member member : type.members()) {
            ColumnConverter converter = member.type().kind() == Kind.STRING
                    ? new CharactersConverter(member.type(), rules.inside())
                    : ColumnConverter.of(member.type(), rules.inside());
            if (converter == null) {
                return null;
            }
            inside.add(converter);
        }
        return switch (type.kind()) {
            case ARRAY -> new ArrayConverter(type, inside.get(0), rules.emptyAsNull());
            case STRUCT -> new StructConverter(type, inside, rules.emptyAsNull());
            default ->
                MapConverter.canBeKey(type.members().get(0).type().kind())
                        ? new MapConverter(type, inside, rules.emptyAsNull())
                        : null;
        };
    }

    /** Reads from behind the opening bracket up to the closing one. */
    abstract Object read(NestedText text) throws IOException, UnfitValueException;

    @Override
    @Nullable Object fromText(String written) throws UnfitValueException {
        String text = JsonExtractor.withoutByteOrderMark(written);
        try (JsonParser parser = JsonExtractor.TEXT.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new UnfitValueException("it is empty, which is no JSON");
            }
            Object value = first == JsonToken.VALUE_STRING
                    ? fromBoolean(false)
                    : fromInside(first, new NestedText(text, parser, emptyAsNull));
            if (parser.nextToken() != null) {
                throw new UnfitValueException("more follows after the JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new UnfitValueException("it is no JSON: " + JsonExtractor.reason(e));
        }
    }

    @Override
    @Nullable Object fromStructure(String json) throws UnfitValueException {
        return fromText(json);
    }

    @Override
    @Nullable Object fromInside(JsonToken token, NestedText text) throws IOException, UnfitValueException {
        if (token == start) {
            return read(text);
        }
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            throw unfit(token == JsonToken.START_ARRAY ? "an array" : "an object");
        }
        return super.fromInside(token, text);
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        throw unfit("a number");
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        throw unfit("a value that is no JSON object or array");
    }

    private UnfitValueException unfit(String what) {
        return new UnfitValueException("%s does not fit %s".formatted(what, type.name()));
    }

    /** The text of the scalar at the token, for showing it; null where there is none. */
    static @Nullable String shown(JsonToken token, NestedText text) throws IOException {
        return token.isScalarValue() ? text.text() : null;
    }

    @Override
    String typeName() {
        return type.name();
    }
}
