package io.tidegate.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An answer beside what openapi.yaml says of it. */
final class ResponseShape {
    private static final JsonNode OPEN_API = OpenApiTest.document();
    private final List<String> differences = new ArrayList<>();

    /** @param path of a GET, as openapi.yaml writes it */
    ResponseShape(JsonNode answer, String path) {
        this(answer, path, "get", 200);
    }

    /** @param path of an operation of this method, as openapi.yaml writes it */
    ResponseShape(JsonNode answer, String path, String method, int status) {
        JsonNode schema = OPEN_API.path("paths")
                .path(path)
                .at("/" + method + "/responses/" + status + "/content/application~1json/schema");
        if (schema.isMissingNode()) {
            differences.add(path + ": has no schema");
        } else {
            compare(path, schema, answer);
        }
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    private void compare(String where, JsonNode schema, JsonNode value) {
        JsonNode known = resolved(schema);
        if (known.has("oneOf")) {
            compareOneOf(where, known, value);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                compare(where + "/" + i, known.path("items"), value.get(i));
            }
        } else if (value.isObject() && !known.has("additionalProperties")) {
            Set<String> allowed = new TreeSet<>();
            Set<String> required = new TreeSet<>();
            collect(known, allowed, required);
            Set<String> given = new TreeSet<>();
            value.fieldNames().forEachRemaining(given::add);
            Set<String> missing = new TreeSet<>(required);
            missing.removeAll(given);
            Set<String> extra = new TreeSet<>(given);
            extra.removeAll(allowed);
            if (!missing.isEmpty() || !extra.isEmpty()) {
                differences.add(where + ": missing " + missing + ", not described " + extra);
            }
            value.properties()
                    .forEach(field -> property(known, field.getKey())
                            .ifPresent(of -> compare(where + "/" + field.getKey(), of, field.getValue())));
        }
    }

    private void compareOneOf(String where, JsonNode schema, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        String type = value.path("type").asText();
        for (JsonNode option : schema.path("oneOf")) {
            JsonNode candidate = resolved(option);
            boolean chosen = schema.has("discriminator")
                    ? candidate.at("/properties/type/enum/0").asText().equals(type)
                    : !candidate.path("type").asText().equals("null");
            if (chosen) {
                compare(where, candidate, value);
                return;
            }
        }
        differences.add(where + ": none of the described kinds");
    }

    private static void collect(JsonNode schema, Set<String> allowed, Set<String> required) {
        JsonNode known = resolved(schema);
        known.path("properties").fieldNames().forEachRemaining(allowed::add);
        known.path("required").forEach(name -> required.add(name.asText()));
        known.path("allOf").forEach(part -> collect(part, allowed, required));
    }

    private static Optional<JsonNode> property(JsonNode schema, String name) {
        JsonNode known = resolved(schema);
        if (known.path("properties").has(name)) {
            return Optional.of(known.path("properties").path(name));
        }
        for (JsonNode part : known.path("allOf")) {
            var found = property(part, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(OPEN_API.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }
}
