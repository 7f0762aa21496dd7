package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Edges between instances over HTTP, before anything is deployed. */
class DependencyPreviewTest {
    private final TestServer server = TestServer.shared();
    private final Browser admin = server.admin();

    @Test
    void a_draft_shows_what_its_instances_would_wait_for() {
        String node = "/api/v1/nodes/" + server.node("edges");

        JsonNode shown = admin.post(node + "/dependency-preview", "{\"businessDate\":\"2026-11-21\"}")
                .json();

        assertThat(shown.path("timeZone").asText()).isEqualTo("Asia/Shanghai");
        JsonNode instance = shown.path("instances").get(0);
        assertThat(instance.path("scheduledLocal").asText()).startsWith("2026-11-22T");
        assertThat(instance.at("/parents/0/node").asText()).endsWith("_root");
        assertThat(instance.at("/parents/0/previous").asBoolean()).isFalse();
        assertThat(instance.at("/parents/0/scheduledLocals/0").asText()).startsWith("2026-11-22T00:00");
        assertThat(shown.path("findings")).isEmpty();
    }

    @Test
    void what_is_being_typed_is_shown_with_its_findings() {
        String node = "/api/v1/nodes/" + server.node("typed_edges");
        ObjectNode document = (ObjectNode) admin.get(node + "/draft").json();
        document.withArray("dependencies").addObject().put("output", "").put("kind", "PREVIOUS_CYCLE_SELF");
        document.withArray("dependencies").addObject().put("output", "no.where").put("kind", "PREVIOUS_CYCLE_NODES");

        Browser.Answer answer = admin.post(
                node + "/dependency-preview", "{\"businessDate\":\"2026-11-21\",\"document\":" + document + "}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode itself = answer.json().at("/instances/0/parents/1");
        assertThat(itself.path("node").asText()).isEqualTo("typed_edges");
        assertThat(itself.path("previous").asBoolean()).isTrue();
        assertThat(itself.at("/scheduledLocals/0").asText()).startsWith("2026-11-21T");
        assertThat(answer.json().at("/findings/0/field").asText()).isEqualTo("/dependencies/2/output");
    }

    @Test
    void a_version_that_is_not_there_is_not_found_and_a_date_is_required() {
        String preview = "/api/v1/nodes/" + server.node("no_version") + "/dependency-preview";

        assertThat(admin.post(preview, "{\"businessDate\":\"2026-11-21\",\"version\":7}")
                        .status())
                .isEqualTo(404);
        assertThat(admin.post(preview, "{}").status()).isEqualTo(422);
        assertThat(server.stranger().post(preview, "{}").status()).isEqualTo(401);
    }
}
