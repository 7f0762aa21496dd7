package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** JSON: the JSON text of the value. Text from elsewhere must be JSON itself. */
final class JsonColumnConverter extends ColumnConverter {

    @Override
    Object fromText(String written) throws UnfitValueException {
        String text = JsonExtractor.withoutByteOrderMark(written);
        WholeText.check(text);
        try (JsonParser parser = JsonExtractor.TEXT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new UnfitValueException("it is empty, which is no JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new UnfitValueException("more follows after the JSON value");
            }
        } catch (IOException e) {
            throw new UnfitValueException("it is no JSON: " + JsonExtractor.reason(e));
        }
        return fromStructure(text);
    }

    @Override
    Object fromNumber(String digits) {
        return digits;
    }

    @Override
    Object fromBoolean(boolean value) {
        return value ? "true" : "false";
    }

    @Override
    Object fromStructure(String json) throws UnfitValueException {
        // Three bytes per char at most, so that short texts need no counting.
        if (json.length() > OverLength.BYTES_MAX / 3
                && json.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > OverLength.BYTES_MAX) {
            throw new UnfitValueException("its text is longer than %d bytes".formatted(OverLength.BYTES_MAX));
        }
        return json;
    }

    @Override
    boolean wantsJson() {
        return true;
    }

    @Override
    String typeName() {
        return "JSON";
    }
}
