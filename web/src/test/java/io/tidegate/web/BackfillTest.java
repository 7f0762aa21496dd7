package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Backfills as a client asks for them. Each test has a node of its own, which runs by the day; no worker is there. */
class BackfillTest {
    private final TestServer server = TestServer.shared();
    private final List<String> differences = new ArrayList<>();

    @Test
    void a_plan_shows_what_a_request_would_make_and_writes_nothing() {
        long node = deployed("planned");

        Browser.Answer plan = post(server.workspace() + "/backfills/plan", """
                {"nodeIds":[%d],"ranges":[{"from":"2026-11-01","to":"2026-11-03"}],"groups":2,"order":"DESCENDING"}""".formatted(node));

        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.json().path("dates").asInt()).isEqualTo(3);
        assertThat(plan.json().path("order").asText()).isEqualTo("DESCENDING");
        assertThat(plan.json().at("/items/0/businessDate").asText()).isEqualTo("2026-11-03");
        assertThat(plan.json().path("total").asInt())
                .isEqualTo(plan.json().path("items").size());
        differences.addAll(new ResponseShape(plan.json(), "/api/v1/workspaces/{workspace}/backfills/plan", "post", 200)
                .differences());
        assertThat(differences).isEmpty();
        assertThat(server.admin()
                        .get(server.workspace() + "/instances?origin=BACKFILL&node=" + node)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void a_backfill_is_made_once_whatever_its_client_repeats_and_held_resumed_and_called_off() {
        long node = deployed("operated");
        String request = """
                {"requestId":"4f1c","nodeIds":[%d],"ranges":[{"from":"2026-11-01","to":"2026-11-03"}],
                 "hours":{"from":"00:00","to":"23:00"},"onFailure":"CONTINUE","parameters":[]}""".formatted(node);

        JsonNode made = TestServer.made(post(server.workspace() + "/backfills", request))
                .json();
        JsonNode again = TestServer.made(post(server.workspace() + "/backfills", request))
                .json();
        long id = made.path("id").asLong();

        assertThat(again.path("id").asLong()).isEqualTo(id);
        assertThat(made.path("state").asText()).isEqualTo("RUNNING");
        assertThat(made.at("/dates/begun").asInt()).isEqualTo(1);
        assertThat(made.at("/progress/notSubmitted").asInt()).isPositive();
        assertThat(sum(made.path("progress")))
                .isEqualTo(made.path("total").asInt())
                .isEqualTo(sum(made.path("counts")));
        assertThat(post(server.workspace() + "/backfills", request.replace("CONTINUE", "STOP"))
                        .status())
                .isEqualTo(409);

        assertThat(operate(id, "pause", "{\"reason\":\"a full disk\"}")
                        .path("stateReason")
                        .asText())
                .isEqualTo("a full disk");
        Browser.Answer twice = post("/api/v1/backfills/" + id + "/pause", "{}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().path("detail").asText()).isEqualTo("The backfill is paused already.");
        assertThat(operate(id, "resume", "{}").path("state").asText()).isEqualTo("RUNNING");
        JsonNode cancelled = operate(id, "cancel-submission", "{}");
        assertThat(cancelled.at("/progress/cancelled").asInt())
                .isEqualTo(cancelled.path("total").asInt());
        assertThat(operate(id, "stop-running", "{}").path("stateBy").asText()).isEqualTo("admin");
        assertThat(post("/api/v1/backfills/" + id + "/resume", "{}").status()).isEqualTo(409);

        Browser.Answer dates = server.admin().get("/api/v1/backfills/" + id + "/dates");
        assertThat(dates.json().path("items")).hasSize(3);
        assertThat(dates.json().path("next").isNull()).isTrue();
        differences.addAll(new ResponseShape(dates.json(), "/api/v1/backfills/{id}/dates").differences());
        assertThat(differences).isEmpty();
        assertThat(server.admin()
                        .get("/api/v1/backfills/" + id + "/dates?cursor=x")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin().get("/api/v1/backfills/999999/dates").status())
                .isEqualTo(404);
        assertThat(post("/api/v1/backfills/999999/pause", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_request_that_makes_no_sense_is_refused_with_its_place() {
        long node = deployed("refused");
        String backfills = server.workspace() + "/backfills";

        refused(backfills, "{\"nodeIds\":[%d]}".formatted(node), "/ranges");
        refused(backfills, "{\"nodeIds\":[%d],\"from\":\"2026-11-20T00:00\"}".formatted(node), "/to");
        refused(backfills, "{\"nodeIds\":[%d],\"ranges\":[{\"from\":\"2026-11-01\"}]}".formatted(node), "/ranges/0/to");
        refused(
                backfills + "/plan",
                "{\"nodeIds\":[%d],\"groups\":0,\"ranges\":[{\"from\":\"2026-11-01\",\"to\":\"2026-11-01\"}]}"
                        .formatted(node),
                "/groups");
    }

    @Test
    void a_value_that_a_backfill_was_given_is_not_explained_by_the_expression_of_the_node() {
        long node = server.node("overridden");
        String draft = server.admin().get("/api/v1/nodes/" + node + "/draft").text();
        Browser.Answer saved = server.admin()
                .put(
                        "/api/v1/nodes/" + node + "/draft",
                        draft.replace(
                                "\"parameters\":[]",
                                "\"parameters\":[{\"name\":\"day\",\"expression\":\"$bizdate\"},"
                                        + "{\"name\":\"hour\",\"expression\":\"$[hh24]\"}]"),
                        "If-Match",
                        "\"1\"");
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        deploy(node);

        TestServer.made(post(server.workspace() + "/backfills", """
                {"nodeIds":[%d],"ranges":[{"from":"2026-11-01","to":"2026-11-01"}],
                 "parameters":[{"nodeId":%d,"name":"hour","expression":"7"}]}""".formatted(node, node)));
        long instance = server.admin()
                .get(server.workspace() + "/instances?origin=BACKFILL&node=" + node)
                .json()
                .at("/items/0/id")
                .asLong();

        JsonNode parameters =
                server.admin().get("/api/v1/instances/" + instance).json().path("parameters");
        assertThat(parameters.findValuesAsText("value")).containsExactly("20261101", "7");
        assertThat(parameters.at("/0/expression").asText()).isEqualTo("$bizdate");
        assertThat(parameters.at("/1/expression").isNull()).isTrue();
    }

    private void refused(String url, String body, String field) {
        Browser.Answer answer = post(url, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.text()).contains("\"" + field + "\"");
    }

    private JsonNode operate(long id, String operation, String body) {
        Browser.Answer answer = post("/api/v1/backfills/" + id + "/" + operation, body);

        assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(200);
        differences.addAll(
                new ResponseShape(answer.json(), "/api/v1/backfills/{id}/" + operation, "post", 200).differences());
        return answer.json();
    }

    private Browser.Answer post(String url, String body) {
        return server.admin().post(url, body);
    }

    private static int sum(JsonNode counts) {
        int sum = 0;
        for (JsonNode count : counts) {
            sum += count.asInt();
        }
        return sum;
    }

    private long deployed(String name) {
        long node = server.node(name);
        deploy(node);
        return node;
    }

    private void deploy(long node) {
        TestServer.made(server.admin().post("/api/v1/nodes/" + node + "/commit", "{\"note\":\"n\"}"));
        TestServer.made(server.admin()
                .post(
                        server.workspace() + "/deployments",
                        "{\"nodes\":[{\"nodeId\":" + node + ",\"version\":1}],\"note\":\"n\"}"));
    }
}
