package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.web.http.Access;
import io.tidegate.web.http.Route;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private final TestServer server = TestServer.shared();

    static Stream<Route> routesBehindTheGate() {
        List<Route> routes = TestServer.shared().routes().stream()
                .filter(route -> route.access() != Access.PUBLIC)
                .toList();
        assertThat(routes).hasSizeGreaterThan(40);
        return routes.stream();
    }

    static Stream<Route> changes() {
        return routesBehindTheGate().filter(Route::changes);
    }

    @ParameterizedTest
    @MethodSource("routesBehindTheGate")
    void no_route_answers_a_stranger(Route route) {
        Browser.Answer answer = server.stranger().send(route.method().name(), filled(route), "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("routesBehindTheGate")
    void no_route_answers_to_a_made_up_cookie(Route route) {
        Browser forger = server.stranger()
                .withCookie("tidegate_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                .withCsrf("x");

        assertThat(forger.send(route.method().name(), filled(route), "{}").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void no_change_is_made_without_the_csrf_token(Route route) {
        Browser admin = server.admin();
        for (String token : new String[] {null, "", "wrong", admin.csrf() + "x"}) {
            Browser forged = server.stranger().withCookie(admin.cookie()).withCsrf(token);
            Browser.Answer answer = forged.send(route.method().name(), filled(route), "{}");

            assertThat(answer.status()).as("token %s", token).isEqualTo(403);
            assertThat(answer.json().path("type").asText()).isEqualTo("/problems/csrf");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/workspaces",
                "/api//v1/workspaces",
                "/api/v1//workspaces",
                "/api/v1/workspaces/",
                "/api/v1/workspaces;a=b",
                "/api/v1;x/workspaces",
                "/api/v1/workspaces;.css",
                "/api/v1/workspaces/%2e%2e/workspaces",
                "/api/v1/workspaces/..;/workspaces",
                "/api/v1%2fworkspaces",
                "/api/v1/%77orkspaces",
                "/api/v1/workspaces%00",
                "/api/v1/workspaces%0a",
                "/API/v1/workspaces",
                "/api/v1/workspaces.json",
                "/api/v1/workspaces/configs",
                "/health/../api/v1/workspaces",
                "/assets/../api/v1/workspaces",
                "/health;/../api/v1/workspaces",
                "/./api/v1/workspaces",
                "/api\\v1\\workspaces",
                "/api/v1/workspaces?x=/health",
                "http://127.0.0.1/api/v1/workspaces"
            })
    void no_way_of_writing_a_path_leads_past_the_gate(String target) {
        server.workspace();
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO")) {
            String answer = RawRequest.answer(server.port(), method, target);

            assertThat(answer).as(method).doesNotContain(TestServer.WORKSPACE).doesNotContain("periodicScheduling");
            // The page of the browser application is nothing to hide; everything else is refused.
            if (RawRequest.status(answer) == 200) {
                assertThat(method).isIn("GET", "HEAD");
                assertThat(answer).contains("text/html");
            }
        }
    }

    @Test
    void unknown_paths_are_not_found_and_wrong_methods_name_the_right_ones() {
        Browser admin = server.admin();

        assertThat(admin.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/nothing").json().path("type").asText()).isEqualTo("/problems/not-found");
        Browser.Answer wrong = admin.send("DELETE", "/api/v1/workspaces", null);
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void a_change_from_another_site_is_refused_even_where_it_is_public() {
        Browser.Answer answer = server.stranger()
                .post("/api/v1/session", "{\"name\":\"a\",\"password\":\"b\"}", "Sec-Fetch-Site", "cross-site");

        assertThat(answer.status()).isEqualTo(403);
    }

    static String filled(Route route) {
        return route.path().replaceAll("\\{[a-z]+}", "1");
    }
}
