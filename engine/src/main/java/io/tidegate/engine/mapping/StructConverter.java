package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * STRUCT, from a JSON object. A member that the object does not have is NULL, a key that is no member is passed over. The
 * service keeps members in lower case, so a key matches in any case; one that is written exactly as the member goes before
 * the others. Of a key that stands there twice the last value counts.
 */
final class StructConverter extends NestedConverter {
    private final List<ColumnConverter> members;
    private final List<String> names;
    private final Map<String, Integer> inAnyCase = new HashMap<>();

    StructConverter(ColumnType type, List<ColumnConverter> members, boolean emptyAsNull) {
        super(type, emptyAsNull);
        this.members = members;
        this.names = type.members().stream().map(ColumnType.Member::name).toList();
        for (int i = 0; i < names.size(); i++) {
            inAnyCase.putIfAbsent(names.get(i).toLowerCase(Locale.ROOT), i);
        }
    }

    @Override
    Object read(NestedText text) throws IOException, UnfitValueException {
        @Nullable Object[] values = new @Nullable Object[members.size()];
        @Nullable UnfitValueException[] unfit = new @Nullable UnfitValueException[members.size()];
        boolean[] exact = new boolean[members.size()];
        JsonParser parser = text.parser();
        JsonStreamContext object = parser.getParsingContext();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Integer found = inAnyCase.get(key.toLowerCase(Locale.ROOT));
            JsonToken token = parser.nextToken();
            boolean same = found != null && names.get(found).equals(key);
            if (found == null || (exact[found] && !same)) {
                parser.skipChildren();
                continue;
            }
            exact[found] = same;
            try {
                values[found] = members.get(found).fromInside(token, text);
                unfit[found] = null;
            } catch (UnfitValueException e) {
                unfit[found] = e.at("." + key, shown(token, text));
                text.leaveTo(object);
            }
        }
        for (UnfitValueException left : unfit) {
            if (left != null) {
                throw left;
            }
        }
        return Arrays.asList(values);
    }
}
