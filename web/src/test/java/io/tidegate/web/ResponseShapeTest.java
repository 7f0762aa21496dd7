package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Answers look as openapi.yaml says: no field too many, none too few. */
class ResponseShapeTest {
    private static final JsonNode OPEN_API = OpenApiTest.document();
    private final TestServer server = TestServer.shared();
    private final List<String> differences = new ArrayList<>();

    @Test
    void answers_have_exactly_the_fields_that_are_described() {
        String workspace = server.workspace();
        long node = server.node("shape");
        TestServer.made(server.admin().post("/api/v1/nodes/" + node + "/commit", "{\"note\":\"n\"}"));
        TestServer.made(server.admin()
                .post(
                        workspace + "/deployments",
                        "{\"nodes\":[{\"nodeId\":" + node + ",\"version\":1}],\"note\":\"n\"}"));
        long candidate = server.node("shape_candidate");
        TestServer.made(server.admin().post("/api/v1/nodes/" + candidate + "/commit", "{\"note\":\"n\"}"));
        server.admin().post(workspace + "/data-sources", """
                {"name":"shape_k","type":"KAFKA","sides":{"DEV":{"bootstrapServers":"h:1","properties":{}}}}""");
        long backfill = TestServer.made(server.admin()
                        .post(
                                workspace + "/backfills",
                                "{\"nodeIds\":[" + node
                                        + "],\"from\":\"2026-11-20T00:00\",\"to\":\"2026-11-21T23:59\"}"))
                .json()
                .path("id")
                .asLong();
        long instance = server.rootInstance();

        check("/health", "/health");
        check("/api/v1/session", "/api/v1/session");
        check("/api/v1/workspaces", "/api/v1/workspaces");
        check(workspace, "/api/v1/workspaces/{workspace}");
        for (String list : List.of(
                "data-sources", "workflows", "nodes", "deployments", "instances", "backfills", "resource-groups")) {
            check(workspace + "/" + list, "/api/v1/workspaces/{workspace}/" + list);
        }
        check(workspace + "/deployments/candidates", "/api/v1/workspaces/{workspace}/deployments/candidates");
        check(workspace + "/data-sources/shape_k", "/api/v1/workspaces/{workspace}/data-sources/{name}");
        check("/api/v1/nodes/" + node, "/api/v1/nodes/{id}");
        check("/api/v1/nodes/" + node + "/draft", "/api/v1/nodes/{id}/draft");
        check("/api/v1/nodes/" + node + "/versions", "/api/v1/nodes/{id}/versions");
        check("/api/v1/instances/" + instance, "/api/v1/instances/{id}");
        check("/api/v1/backfills/" + backfill, "/api/v1/backfills/{id}");

        assertThat(differences).isEmpty();
    }

    private void check(String url, String path) {
        Browser.Answer answer = server.admin().get(url);
        assertThat(answer.status()).as(url + " " + answer.text()).isEqualTo(200);
        JsonNode schema = OPEN_API.path("paths").path(path).at("/get/responses/200/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as("schema of " + path).isFalse();
        if (answer.json().has("items")) {
            assertThat(answer.json().path("items")).as(url).isNotEmpty();
        }
        compare(url, schema, answer.json());
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

    private static java.util.Optional<JsonNode> property(JsonNode schema, String name) {
        JsonNode known = resolved(schema);
        if (known.path("properties").has(name)) {
            return java.util.Optional.of(known.path("properties").path(name));
        }
        for (JsonNode part : known.path("allOf")) {
            var found = property(part, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return java.util.Optional.empty();
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(OPEN_API.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }
}
