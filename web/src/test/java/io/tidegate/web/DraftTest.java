package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class DraftTest {
    private final TestServer server = TestServer.shared();
    private final Browser admin = server.admin();

    @Test
    void a_draft_is_saved_against_the_revision_that_was_edited() {
        String url = "/api/v1/nodes/" + server.node("saved_once") + "/draft";
        Browser.Answer first = admin.get(url);
        assertThat(first.header("ETag")).matches("\"\\d+\"");

        ObjectNode changed = (ObjectNode) first.json();
        changed.put("priority", 5);
        Browser.Answer saved = admin.put(url, changed.toString(), "If-Match", first.header("ETag"));

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(saved.header("ETag")).isNotEqualTo(first.header("ETag"));
        assertThat(saved.json().path("priority").asInt()).isEqualTo(5);
        assertThat(admin.get(url).header("ETag")).isEqualTo(saved.header("ETag"));
    }

    @Test
    void whoever_saves_second_is_told_and_changes_nothing() {
        String url = "/api/v1/nodes/" + server.node("saved_twice") + "/draft";
        Browser.Answer seen = admin.get(url);
        ObjectNode mine = (ObjectNode) seen.json();
        admin.put(url, mine.put("priority", 2).toString(), "If-Match", seen.header("ETag"));

        Browser.Answer second = admin.put(url, mine.put("priority", 3).toString(), "If-Match", seen.header("ETag"));

        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().path("type").asText()).isEqualTo("/problems/stale");
        assertThat(second.json().path("detail").asText()).contains("admin");
        assertThat(admin.get(url).json().path("priority").asInt()).isEqualTo(2);
    }

    @Test
    void a_save_without_or_with_a_strange_etag_is_refused() {
        String url = "/api/v1/nodes/" + server.node("unseen") + "/draft";
        String document = admin.get(url).text();

        assertThat(admin.put(url, document).status()).isEqualTo(428);
        assertThat(admin.put(url, document, "If-Match", "*").status()).isEqualTo(400);
        assertThat(admin.put(url, document, "If-Match", "\"1\", \"2\"").status())
                .isEqualTo(400);
    }

    @Test
    void a_document_shows_its_nulls() {
        JsonNode document =
                admin.get("/api/v1/nodes/" + server.node("nulls") + "/draft").json();

        assertThat(document.has("timeoutMinutes")).isTrue();
        assertThat(document.path("schedule").has("validFrom")).isTrue();
    }

    @Test
    void a_commit_is_refused_with_findings_that_point_into_the_document() {
        long node = server.node("wrong");
        String url = "/api/v1/nodes/" + node;
        Browser.Answer draft = admin.get(url + "/draft");
        ObjectNode document = (ObjectNode) draft.json();
        document.put("priority", 99);
        admin.put(url + "/draft", document.toString(), "If-Match", draft.header("ETag"));

        Browser.Answer checked = admin.post(url + "/check", "");
        Browser.Answer refused = admin.post(url + "/commit", "{\"note\":\"try\"}");

        assertThat(checked.json().at("/findings/0/field").asText()).isEqualTo("/priority");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("findings")).isEqualTo(checked.json().path("findings"));
        assertThat(refused.json().at("/findings/0/cure").asText()).isNotEmpty();
    }

    @Test
    void a_sound_draft_is_committed_listed_and_deployed() {
        long node = server.node("sound");
        String url = "/api/v1/nodes/" + node;
        Browser.Answer committed = TestServer.made(admin.post(url + "/commit", "{\"note\":\"first\"}"));
        assertThat(committed.json().path("version").asInt()).isEqualTo(1);
        assertThat(admin.get(url + "/versions").json().at("/items/0/note").asText())
                .isEqualTo("first");
        assertThat(admin.get(server.workspace() + "/deployments/candidates").text())
                .contains("\"sound\"");

        Browser.Answer deployed = TestServer.made(admin.post(
                server.workspace() + "/deployments",
                "{\"nodes\":[{\"nodeId\":" + node + ",\"version\":1}],\"note\":\"go\"}"));

        assertThat(deployed.json().at("/nodes/0/nodeName").asText()).isEqualTo("sound");
        assertThat(admin.get("/api/v1/deployments/" + deployed.json().path("id").asLong())
                        .json())
                .isEqualTo(deployed.json());
        assertThat(admin.get(url).json().path("deployedVersion").asInt()).isEqualTo(1);
    }

    @Test
    void a_preview_tells_times_and_values_of_what_is_being_typed() {
        long node = server.node("previewed");
        ObjectNode document =
                (ObjectNode) admin.get("/api/v1/nodes/" + node + "/draft").json();
        document.withObject("/schedule")
                .putObject("cycle")
                .put("type", "HOUR")
                .put("startFrom", "00:15")
                .put("interval", 1)
                .put("endAt", "23:59");
        document.putArray("parameters").addObject().put("name", "hour").put("expression", "$[yyyymmddhh24-1/24]");

        Browser.Answer preview =
                admin.post("/api/v1/nodes/" + node + "/preview", "{\"count\":2,\"document\":" + document + "}");

        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json().path("timeZone").asText()).isEqualTo("Asia/Shanghai");
        assertThat(preview.json().at("/items/0/scheduledTime").asText()).isEqualTo("2026-11-22T06:15:00Z");
        assertThat(preview.json().at("/items/0/scheduledLocal").asText()).isEqualTo("2026-11-22T14:15:00");
        assertThat(preview.json().at("/items/0/businessDate").asText()).isEqualTo("2026-11-21");
        assertThat(preview.json().at("/items/0/parameters/0/value").asText()).isEqualTo("2026112213");
        assertThat(preview.json().at("/items/0/parameters/0/expression").asText())
                .isEqualTo("$[yyyymmddhh24-1/24]");
        assertThat(preview.json().path("items")).hasSize(2);
    }
}
