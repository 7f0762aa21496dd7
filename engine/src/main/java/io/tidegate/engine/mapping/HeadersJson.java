package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidegate.engine.mapping.SourceRecord.Header;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers as JSON text: {@code {"name":"value"}}; a name that stands there several times has an array of values. Bytes that
 * are no text become {@code {"base64":"…"}}.
 */
final class HeadersJson {
    private final TextDecoder text;

    HeadersJson(TextDecoder text) {
        this.text = text;
    }

    String write(List<Header> headers) {
        if (headers.isEmpty()) {
            return "{}";
        }
        Map<String, List<Header>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header);
        }
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JsonExtractor.TEXT.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, List<Header>> entry : byName.entrySet()) {
                json.writeFieldName(entry.getKey());
                writeValues(entry.getValue(), json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void writeValues(List<Header> headers, JsonGenerator json) throws IOException {
        if (headers.size() == 1) {
            writeValue(headers.get(0).value(), json);
            return;
        }
        json.writeStartArray();
        for (Header header : headers) {
            writeValue(header.value(), json);
        }
        json.writeEndArray();
    }

    private void writeValue(byte @Nullable [] value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        try {
            json.writeString(text.decode(value));
        } catch (UnfitValueException e) {
            json.writeStartObject();
            json.writeStringField("base64", Base64.getEncoder().encodeToString(value));
            json.writeEndObject();
        }
    }
}
