package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers look as openapi.yaml says: no field too many, none too few. */
class ResponseShapeTest {
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
        check("/api/v1/workers", "/api/v1/workers");
        check("/api/v1/resource-groups", "/api/v1/resource-groups");
        check("/api/v1/resource-groups/default_scheduling", "/api/v1/resource-groups/{group}");
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
        checkChanged(
                "/api/v1/nodes/" + node + "/test-runs", "{\"code\":\"DRAFT\"}", "/api/v1/nodes/{id}/test-runs", 201);
        checkChanged(
                "/api/v1/nodes/" + node + "/dependency-preview",
                "{\"businessDate\":\"2026-11-21\"}",
                "/api/v1/nodes/{id}/dependency-preview",
                200);
        checkChanged("/api/v1/nodes/" + node + "/freeze", "{\"reason\":\"r\"}", "/api/v1/nodes/{id}/freeze", 200);
        check("/api/v1/nodes/" + node, "/api/v1/nodes/{id}");
        checkChanged(
                workspace + "/instances/bulk",
                "{\"operation\":\"FREEZE\",\"ids\":[999999]}",
                "/api/v1/workspaces/{workspace}/instances/bulk",
                200);
        check("/api/v1/backfills/" + backfill, "/api/v1/backfills/{id}");

        assertThat(differences).isEmpty();
    }

    private void check(String url, String path) {
        Browser.Answer answer = server.admin().get(url);
        assertThat(answer.status()).as(url + " " + answer.text()).isEqualTo(200);
        if (answer.json().has("items")) {
            assertThat(answer.json().path("items")).as(url).isNotEmpty();
        }
        differences.addAll(new ResponseShape(answer.json(), path).differences());
    }

    private void checkChanged(String url, String body, String path, int status) {
        Browser.Answer answer = server.admin().post(url, body);
        assertThat(answer.status()).as(url + " " + answer.text()).isEqualTo(status);
        differences.addAll(new ResponseShape(answer.json(), path, "post", status).differences());
    }
}
