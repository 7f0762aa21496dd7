package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.engine.mapping.ColumnType.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MAP, from a JSON object: its keys are converted as text is. Of a key that stands there twice the last value counts. Two
 * different texts that become one key, as 1 and 1.0, do not fit: one of the values would be lost.
 */
final class MapConverter extends NestedConverter {
    private final ColumnConverter key;
    private final ColumnConverter value;
    private final boolean keysAreText;

    MapConverter(ColumnType type, List<ColumnConverter> inside, boolean emptyAsNull) {
        super(type, emptyAsNull);
        this.key = inside.get(0);
        this.value = inside.get(1);
        this.keysAreText = switch (type.members().get(0).type().kind()) {
            case STRING, VARCHAR, CHAR -> true;
            default -> false;
        };
    }

    static boolean canBeKey(Kind kind) {
        return !kind.isNested() && kind != Kind.JSON && kind != Kind.BINARY;
    }

    @Override
    Object read(NestedText text) throws IOException, UnfitValueException {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        Map<Object, String> written = new HashMap<>();
        Map<Object, UnfitValueException> unfit = new LinkedHashMap<>();
        JsonParser parser = text.parser();
        JsonStreamContext object = parser.getParsingContext();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Object converted = convertedKey(name);
            if (!keysAreText) {
                String earlier = written.put(converted, name);
                if (earlier != null && !earlier.equals(name)) {
                    throw new UnfitValueException(
                            "the keys '%s' and '%s' are one key of the map".formatted(earlier, name));
                }
            }
            JsonToken token = parser.nextToken();
            try {
                map.put(converted, value.fromInside(token, text));
                unfit.remove(converted);
            } catch (UnfitValueException e) {
                unfit.put(converted, e.at("['" + name + "']", shown(token, text)));
                text.leaveTo(object);
            }
        }
        for (UnfitValueException left : unfit.values()) {
            throw left;
        }
        return map;
    }

    private Object convertedKey(String name) throws UnfitValueException {
        try {
            Object converted = key.fromText(name);
            if (converted == null) {
                throw new UnfitValueException("a key of a map cannot be NULL");
            }
            return converted;
        } catch (UnfitValueException e) {
            throw e.at("the key '" + name + "'", name);
        }
    }
}
