package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final String URL = "/api/v1/workspaces";
    private final TestServer server = TestServer.shared();
    private final Browser admin = server.admin();

    @Test
    void malformed_json_is_told_by_line_and_column() {
        Browser.Answer answer = admin.post(URL, "{\n  \"name\": \"a\",\n  \"mode\" \"BASIC\"\n}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/invalid-json");
        assertThat(answer.json().path("line").asInt()).isEqualTo(3);
        assertThat(answer.json().path("column").asInt()).isBetween(9, 12);
        assertThat(answer.json().path("detail").asText()).contains("line 3");
    }

    @Test
    void an_unknown_field_is_refused_by_name() {
        JsonNode problem = problem("{\"name\":\"a\",\"mode\":\"BASIC\",\"timeZone\":\"UTC\",\"colour\":\"red\"}", 400);

        assertThat(problem.path("field").asText()).isEqualTo("/colour");
        assertThat(problem.path("detail").asText()).contains("\"colour\"").contains("timeZone");
    }

    @Test
    void a_missing_field_is_a_finding_that_names_it() {
        JsonNode problem = problem("{\"name\":\"a\",\"mode\":null}", 422);

        assertThat(problem.path("findings").findValuesAsText("field")).containsExactly("/mode", "/timeZone");
    }

    @Test
    void a_value_of_the_wrong_kind_is_told_without_naming_classes() {
        for (String body : new String[] {
            "{\"name\":1,\"mode\":\"BASIC\",\"timeZone\":\"UTC\"}",
            "{\"name\":\"a\",\"mode\":\"HUGE\",\"timeZone\":\"UTC\"}",
            "{\"name\":\"a\",\"mode\":1,\"timeZone\":\"UTC\"}",
            "{\"name\":\"a\",\"mode\":\"BASIC\",\"timeZone\":\"Mars/Olympus\"}",
            "{\"name\":\"a\",\"mode\":\"BASIC\",\"timeZone\":{}}",
            "[]",
            "3"
        }) {
            assertThat(problem(body, 400).path("detail").asText())
                    .as(body)
                    .doesNotContain("io.tidegate")
                    .doesNotContain("java.");
        }
    }

    @Test
    void doubtful_json_is_refused() {
        problem("{\"name\":\"a\",\"name\":\"b\",\"mode\":\"BASIC\",\"timeZone\":\"UTC\"}", 400);
        problem("{\"name\":\"a\",\"mode\":\"BASIC\",\"timeZone\":\"UTC\"} {}", 400);
        problem("null", 400);
        problem("", 400);
        problem("[".repeat(5000), 400);
    }

    @Test
    void what_is_not_json_is_refused_by_its_type() {
        Browser.Answer answer = admin.post(URL, "name=a", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void what_is_too_large_is_refused() {
        assertThat(admin.post(URL, "{\"name\":\"" + "a".repeat(3 << 20) + "\"}").status())
                .isEqualTo(413);
    }

    @Test
    void what_the_database_cannot_keep_is_refused_by_its_place() {
        String note = "{\"name\":\"unkept\",\"description\":\"%s\"}";
        for (String text : new String[] {"a\\u0000b", "half of \\ud83d", "\\ude00 the other"}) {
            Browser.Answer answer = admin.post(server.workspace() + "/workflows", note.formatted(text));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("/description");
        }
        Browser.Answer whole = admin.post(server.workspace() + "/workflows", note.formatted("\\ud83d\\ude00"));
        assertThat(whole.json().path("description").asText()).isEqualTo("\ud83d\ude00");
        assertThat(admin.get(server.workspace() + "/instances?originKey=%00").status())
                .isEqualTo(400);
    }

    @Test
    void years_have_four_digits() {
        long node = server.node("years");
        for (String date : new String[] {"+999999999-12-31", "-0001-01-01", "+10000-01-01"}) {
            Browser.Answer answer =
                    admin.post("/api/v1/nodes/" + node + "/dependency-preview", "{\"businessDate\":\"" + date + "\"}");

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("/businessDate");
            assertThat(answer.json().path("detail").asText()).contains("the years are 1 to 9999");
        }
        for (String instant : new String[] {"%2B1000000000-12-31T00:00:00Z", "-1000000000-01-01T00:00:00Z"}) {
            Browser.Answer answer = admin.get(server.workspace() + "/instances?from=" + instant);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        }
    }

    @Test
    void a_range_that_ends_before_it_begins_is_refused() {
        Browser.Answer answer =
                admin.get(server.workspace() + "/instances?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("to is before from");
    }

    @Test
    void what_is_missing_too_large_or_of_no_known_type_is_called_so() {
        long node = server.node("complaints");
        String preview = "/api/v1/nodes/" + node + "/preview";
        String draft = admin.get("/api/v1/nodes/" + node + "/draft").text();

        assertThat(detail(preview, "{}")).startsWith("/count is missing, or null");
        assertThat(detail(preview, "{\"count\":99999999999}")).startsWith("/count is too large a number");
        assertThat(detail(preview, "{\"count\":1,\"document\":{}}")).startsWith("/document/code is missing");
        assertThat(detail(preview, "{\"count\":1,\"document\":" + draft.replace("\"DAY\"", "\"SHIFT\"") + "}"))
                .startsWith("/document/schedule/cycle is of no known type; known are [MINUTE, HOUR, DAY,");
        assertThat(detail(preview, "{\"count\":1,\"document\":" + draft.replace("\"type\":\"DAY\",", "") + "}"))
                .startsWith("/document/schedule/cycle has no \"type\"; known are [MINUTE,");
        assertThat(problem("{\"name\":\"a\"}", 422).path("detail").asText())
                .contains("/mode is missing.")
                .contains("/timeZone is missing.");
    }

    private String detail(String url, String body) {
        Browser.Answer answer = admin.post(url, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.json().path("detail").asText();
    }

    @Test
    void a_time_is_read_as_it_is_written() {
        long node = server.node("read_as_written");
        JsonNode answer = admin.post(
                        server.workspace() + "/backfills",
                        "{\"nodeIds\":[" + node + "],\"from\":\"2026-11-22T06:00\",\"to\":\"22.11.2026\"}")
                .json();

        assertThat(answer.path("field").asText()).isEqualTo("/to");
    }

    private JsonNode problem(String body, int status) {
        Browser.Answer answer = admin.post(URL, body);
        assertThat(answer.status()).as(body + " -> " + answer.text()).isEqualTo(status);
        return answer.json();
    }
}
