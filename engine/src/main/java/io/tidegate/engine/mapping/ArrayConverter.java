package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY, from a JSON array; null elements stay NULL. */
final class ArrayConverter extends NestedConverter {
    private final ColumnConverter element;

    ArrayConverter(ColumnType type, ColumnConverter element, boolean emptyAsNull) {
        super(type, emptyAsNull);
        this.element = element;
    }

    @Override
    Object read(NestedText text) throws IOException, UnfitValueException {
        JsonParser parser = text.parser();
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            try {
                elements.add(element.fromInside(token, text));
            } catch (UnfitValueException e) {
                throw e.at("[" + elements.size() + "]", shown(token, text));
            }
        }
        return elements;
    }
}
