package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations as the browser asks for them. Each test has a node of its own. */
class OperationTest {
    private final TestServer server = TestServer.shared();

    @Test
    void an_instance_is_frozen_once_and_its_page_says_so() {
        long instance = instance("freeze_me");

        Browser.Answer frozen = post(instance, "freeze", "{\"reason\":\"the topic is being moved\"}");
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(200);
        assertThat(frozen.json().path("frozen").asBoolean()).isTrue();
        assertThat(frozen.json().at("/freeze/by").asText()).isEqualTo("admin");
        assertThat(frozen.json().at("/freeze/reason").asText()).isEqualTo("the topic is being moved");
        assertThat(frozen.json().path("readiness").asText()).contains("frozen by admin since");
        assertThat(refusal(frozen.json(), "FREEZE")).isEqualTo("It is frozen already.");
        assertThat(refusal(frozen.json(), "UNFREEZE")).isNull();

        Browser.Answer again = post(instance, "freeze", null);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("type").asText()).isEqualTo("/problems/conflict");
        assertThat(again.json().path("detail").asText()).isEqualTo("It is frozen already.");
        assertThat(listed(instance).path("readiness").asText()).contains("frozen by admin since");
        assertThat(post(instance, "unfreeze", null).status()).isEqualTo(200);
    }

    @Test
    void what_is_allowed_now_is_done_and_what_is_not_is_a_conflict_with_the_sentence_of_the_detail() {
        long instance = instance("all_operations");
        JsonNode detail = server.admin().get("/api/v1/instances/" + instance).json();
        assertThat(detail.path("operations")).hasSize(9);

        for (String operation : List.of("STOP", "RERUN", "SET_SUCCESS", "FREEZE", "UNFREEZE", "RUN_NOW")) {
            JsonNode now = server.admin().get("/api/v1/instances/" + instance).json();
            @Nullable String refusal = refusal(now, operation);
            Browser.Answer answer =
                    post(instance, operation.toLowerCase(Locale.ROOT).replace('_', '-'), null);

            assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(refusal == null ? 200 : 409);
            if (refusal != null) {
                assertThat(answer.json().path("detail").asText()).isEqualTo(refusal);
            }
        }
    }

    @Test
    void priorities_are_bounded_and_dependencies_are_real() {
        long instance = instance("bounds");

        assertThat(post(instance, "change-priority", "{\"priority\":8}")
                        .json()
                        .path("priority")
                        .asInt())
                .isEqualTo(8);
        assertThat(post(instance, "change-priority", "{\"priority\":9}").status())
                .isEqualTo(422);
        assertThat(post(instance, "change-priority", "{}").status()).isEqualTo(400);
        assertThat(post(instance, "remove-dependency", "{\"parentId\":999999}").status())
                .isIn(404, 409);
        assertThat(post(999_999, "freeze", null).status()).isEqualTo(404);
        assertThat(post(instance, "freeze", "{\"reason\":\"" + "x".repeat(501) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(post(instance, "freeze", "{\"why\":\"\"}").status())
                .as("unknown field")
                .isEqualTo(400);
    }

    @Test
    void descendants_are_listed_and_chosen() {
        long instance = instance("above");
        long stranger = instance("beside");

        Browser.Answer descendants = server.admin().get("/api/v1/instances/" + instance + "/descendants");
        assertThat(descendants.status()).isEqualTo(200);
        assertThat(descendants.json().path("items")).isEmpty();
        Browser.Answer alone = post(instance, "rerun-with-descendants", "{}");
        assertThat(alone.status()).isEqualTo(409);
        assertThat(alone.json().path("detail").asText())
                .isEqualTo("It is about to run anyway: run it now, or stop it first.");
        Browser.Answer loose = post(instance, "rerun-with-descendants", "{\"descendants\":[" + stranger + "]}");
        assertThat(loose.status()).isEqualTo(422);
        assertThat(loose.json().at("/findings/0/field").asText()).isEqualTo("/descendants");
    }

    @Test
    void a_rerun_takes_the_deployed_version_when_it_is_asked_to() {
        long instance = instance("mended");
        assertThat(post(instance, "stop", null).json().path("state").asText()).isEqualTo("FAILED");

        Browser.Answer rerun = post(instance, "rerun?withDeployedVersion=true", "{\"reason\":\"mended\"}");
        assertThat(rerun.status()).isEqualTo(200);
        assertThat(rerun.text()).contains("Version 1 is still the one that is deployed. Reason: mended");
        assertThat(post(instance, "rerun?withDeployedVersion=perhaps", null).status())
                .isEqualTo(400);
        String body = "{\"operation\":\"STOP\",\"ids\":[" + instance + "],\"withDeployedVersion\":true}";
        Browser.Answer bulk = server.admin().post(server.workspace() + "/instances/bulk", body);
        assertThat(bulk.json().at("/findings/0/field").asText()).isEqualTo("/withDeployedVersion");
    }

    @Test
    void a_bulk_answers_for_each_instance_and_keeps_to_its_workspace() {
        long first = instance("bulk_first");
        long second = instance("bulk_second");
        post(second, "freeze", null);
        TestServer.made(server.admin()
                .post(
                        "/api/v1/workspaces",
                        "{\"name\":\"elsewhere\",\"mode\":\"STANDARD\",\"timeZone\":\"Asia/Shanghai\"}"));
        String body = "{\"operation\":\"FREEZE\",\"ids\":[" + first + "," + second + ",999999],\"reason\":\"pause\"}";

        Browser.Answer there = server.admin().post("/api/v1/workspaces/elsewhere/instances/bulk", body);
        assertThat(refusals(there)).allMatch(refusal -> refusal.startsWith("There is no instance "));
        Browser.Answer here = server.admin().post(server.workspace() + "/instances/bulk", body);

        assertThat(here.status()).isEqualTo(200);
        assertThat(refusals(here)).containsExactly("", "It is frozen already.", "There is no instance 999999.");
        for (String wrong : List.of(
                "{\"operation\":\"FREEZE\",\"ids\":[]}",
                "{\"operation\":\"REMOVE_DEPENDENCY\",\"ids\":[1]}",
                "{\"operation\":\"CHANGE_PRIORITY\",\"ids\":[1]}",
                "{\"operation\":\"STOP\",\"ids\":[1],\"priority\":2}")) {
            assertThat(server.admin()
                            .post(server.workspace() + "/instances/bulk", wrong)
                            .status())
                    .as(wrong)
                    .isEqualTo(422);
        }
    }

    @Test
    void a_node_is_run_by_hand_as_a_draft_and_as_a_version() {
        long node = server.node("tried");
        String url = "/api/v1/nodes/" + node + "/test-runs";

        Browser.Answer draft = server.admin().post(url, "{\"code\":\"DRAFT\"}");
        assertThat(draft.status()).as(draft.text()).isEqualTo(201);
        assertThat(draft.json().path("origin").asText()).isEqualTo("TEST");
        assertThat(draft.json().path("environment").asText()).isEqualTo("DEV");
        assertThat(draft.json().path("nodeVersion").isNull()).isTrue();
        assertThat(server.admin().post(url, "{\"code\":\"COMMITTED\"}").status())
                .as("nothing is committed")
                .isEqualTo(409);
        TestServer.made(server.admin().post("/api/v1/nodes/" + node + "/commit", "{\"note\":\"n\"}"));
        Browser.Answer smoke = server.admin().post(url, "{\"code\":\"COMMITTED\",\"businessDate\":\"2026-11-20\"}");
        assertThat(smoke.status()).as(smoke.text()).isEqualTo(201);
        assertThat(smoke.json().path("nodeVersion").asInt()).isEqualTo(1);
        assertThat(smoke.json().path("scheduledLocal").asText()).startsWith("2026-11-21T");
        Browser.Answer unknown = server.admin().post(url, "{\"code\":\"DRAFT\",\"parameters\":{\"x\":\"1\"}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/findings/0/field").asText()).isEqualTo("/parameters/x");
    }

    @Test
    void a_node_is_frozen_and_the_tree_says_so() {
        long node = deployed("hold_back");
        String url = "/api/v1/nodes/" + node;

        Browser.Answer frozen = server.admin().post(url + "/freeze", "{\"waiting\":true,\"reason\":\"repair\"}");
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(200);
        assertThat(server.admin().get(url).json().at("/freeze/by").asText()).isEqualTo("admin");
        assertThat(server.admin().post(url + "/freeze", "{}").status()).isEqualTo(409);
        assertThat(server.admin().post(url + "/unfreeze", "{}").status()).isEqualTo(200);
        assertThat(server.admin().get(url).json().path("freeze").isNull()).isTrue();
    }

    /** Of a backfill, so that it waits for nothing but a slot. No worker is there. */
    private long instance(String name) {
        long node = deployed(name);
        TestServer.made(server.admin()
                .post(
                        server.workspace() + "/backfills",
                        "{\"nodeIds\":[" + node + "],\"from\":\"2026-11-20T00:00\",\"to\":\"2026-11-20T23:59\"}"));
        return server.admin()
                .get(server.workspace() + "/instances?origin=BACKFILL&node=" + node)
                .json()
                .at("/items/0/id")
                .asLong();
    }

    private long deployed(String name) {
        long node = server.node(name);
        TestServer.made(server.admin().post("/api/v1/nodes/" + node + "/commit", "{\"note\":\"n\"}"));
        TestServer.made(server.admin()
                .post(
                        server.workspace() + "/deployments",
                        "{\"nodes\":[{\"nodeId\":" + node + ",\"version\":1}],\"note\":\"n\"}"));
        return node;
    }

    private JsonNode listed(long instance) {
        for (JsonNode item : server.admin()
                .get(server.workspace() + "/instances?limit=500")
                .json()
                .path("items")) {
            if (item.path("id").asLong() == instance) {
                return item;
            }
        }
        throw new AssertionError("instance " + instance + " is not in the list");
    }

    private static @Nullable String refusal(JsonNode detail, String operation) {
        for (JsonNode state : detail.path("operations")) {
            if (state.path("operation").asText().equals(operation)) {
                return state.path("refusal").isNull()
                        ? null
                        : state.path("refusal").asText();
            }
        }
        throw new AssertionError("no operation " + operation);
    }

    /** Empty for what was done. */
    private static List<String> refusals(Browser.Answer bulk) {
        List<String> refusals = new ArrayList<>();
        bulk.json()
                .path("results")
                .forEach(result -> refusals.add(
                        result.path("refusal").isNull()
                                ? ""
                                : result.path("refusal").asText()));
        return refusals;
    }

    private Browser.Answer post(long instance, String operation, @Nullable String body) {
        return server.admin().send("POST", "/api/v1/instances/" + instance + "/" + operation, body);
    }
}
