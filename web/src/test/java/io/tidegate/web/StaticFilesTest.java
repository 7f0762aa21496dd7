package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private final TestServer server = TestServer.shared();
    private final Browser stranger = server.stranger();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/w/shop/studio/nodes/7?tab=code", "/w/shop.v2/ops/instances/1/attempts/2"})
    void every_page_of_the_application_is_the_index(String path) {
        Browser.Answer answer = stranger.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("Tidegate under test");
        assertThat(answer.header("Content-Type")).isEqualToIgnoringWhitespace("text/html;charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void an_asset_is_kept_for_ever_and_compressed() {
        Browser.Answer plain = stranger.get("/assets/app-abc123.js");
        assertThat(plain.header("Cache-Control")).contains("immutable");
        assertThat(plain.header("Content-Type")).startsWith("text/javascript");
        assertThat(plain.text()).contains("tide");

        Browser.Answer zipped = stranger.get("/assets/app-abc123.js", "Accept-Encoding", "gzip");
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.text().length()).isLessThan(plain.text().length());

        assertThat(stranger.get("/", "If-None-Match", stranger.get("/").header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void an_asset_that_is_gone_is_not_answered_with_the_page() {
        assertThat(stranger.get("/assets/app-old.js").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../openapi.yaml",
                "/..%2fopenapi.yaml",
                "/assets/..%5c..%5copenapi.yaml",
                "/%2e%2e/openapi.yaml",
                "/assets/../../openapi.yaml",
                "/..\\openapi.yaml",
                "//etc/passwd",
                "/.env"
            })
    void nothing_but_the_application_is_given_out(String target) {
        assertThat(RawRequest.answer(server.port(), "GET", target))
                .doesNotContain("openapi: 3.1")
                .doesNotContain("root:");
    }

    @Test
    void every_answer_carries_the_security_headers_and_no_version() {
        for (String path : new String[] {"/", "/assets/app-abc123.js", "/health", "/api/v1/session", "/api/nothing"}) {
            Browser.Answer answer = stranger.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("script-src 'self';")
                    .contains("frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Server")).isEmpty();
        }
        assertThat(stranger.get("/api/v1/session").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void health_is_public_and_tells_of_the_database() {
        try (TestServer sick = TestServer.start(WebSettings.DEFAULTS)) {
            sick.databaseAnswers(false);
            Browser.Answer down = sick.stranger().get("/health");

            assertThat(down.status()).isEqualTo(503);
            assertThat(down.text()).isEqualTo("{\"status\":\"DOWN\",\"database\":\"DOWN\"}");
        }
        assertThat(stranger.get("/health").text()).isEqualTo("{\"status\":\"UP\",\"database\":\"UP\"}");
    }
}
