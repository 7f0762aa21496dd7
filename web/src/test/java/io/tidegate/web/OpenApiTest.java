package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.web.http.Access;
import io.tidegate.web.http.Route;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private final TestServer server = TestServer.shared();

    @Test
    void every_route_is_described_and_every_description_has_a_route() {
        Set<String> routes = new TreeSet<>();
        server.routes().forEach(route -> routes.add(route.method().name() + " " + route.path()));

        Set<String> described = new TreeSet<>();
        operations().forEach(operation -> described.add(operation.name()));

        assertThat(routes).isEqualTo(described).hasSizeGreaterThan(40);
    }

    @Test
    void exactly_the_public_routes_are_described_as_public() {
        Set<String> routes = new TreeSet<>();
        server.routes().stream()
                .filter(route -> route.access() == Access.PUBLIC)
                .forEach(route -> routes.add(route.method().name() + " " + route.path()));

        Set<String> described = new TreeSet<>();
        operations().stream()
                .filter(operation -> operation.json().path("security").isArray()
                        && operation.json().path("security").isEmpty())
                .forEach(operation -> described.add(operation.name()));

        assertThat(routes).isEqualTo(described).containsExactly("GET /health", "POST /api/v1/session");
    }

    @Test
    void every_change_is_described_with_its_csrf_header() {
        for (Operation operation : operations()) {
            boolean changes = !operation.name().startsWith("GET ");
            boolean open = operation.json().path("security").isArray();
            assertThat(operation.json().toString().contains("parameters/CsrfToken"))
                    .as(operation.name())
                    .isEqualTo(changes && !open);
        }
    }

    @Test
    void the_description_is_served() {
        Browser.Answer answer = server.admin().get("/api/v1/openapi.yaml");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/yaml");
        assertThat(answer.text()).startsWith("openapi: 3.1.0");
    }

    @Test
    void a_route_knows_paths_of_its_shape() {
        Route route = new Route(io.javalin.http.HandlerType.GET, "/a/{id}/b", Access.SIGNED_IN, ctx -> {});

        assertThat(route.matches("/a/1/b")).isTrue();
        assertThat(route.matches("/a/1/b/")).isTrue();
        assertThat(route.matches("/a/1/c")).isFalse();
        assertThat(route.matches("/a/1/2/b")).isFalse();
    }

    private record Operation(String name, JsonNode json) {}

    private static Set<Operation> operations() {
        Set<Operation> operations = new java.util.LinkedHashSet<>();
        for (var path : document().path("paths").properties()) {
            for (var member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    operations.add(new Operation(
                            member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue()));
                }
            }
        }
        return operations;
    }

    static JsonNode document() {
        try (var in = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
