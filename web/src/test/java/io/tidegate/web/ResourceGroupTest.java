package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.scheduler.dispatch.Claims;
import io.tidegate.scheduler.dispatch.LeaseSettings;
import io.tidegate.scheduler.dispatch.WorkerName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ResourceGroupTest {
    private static final String GROUPS = "/api/v1/resource-groups";

    private static final TestServer SERVER = TestServer.start(WebSettings.DEFAULTS);

    private final Browser admin = SERVER.admin();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private Browser.Answer create(String name, int slots) {
        return admin.post(GROUPS, "{\"name\":\"%s\",\"type\":\"SCHEDULING\",\"slots\":%d}".formatted(name, slots));
    }

    /** Its draft takes its slots in the group. */
    private long node(String name, String group) {
        long node = SERVER.node(name);
        String url = "/api/v1/nodes/" + node + "/draft";
        Browser.Answer draft = admin.get(url);
        ObjectNode document = (ObjectNode) draft.json();
        ((ObjectNode) document.path("resourceGroups")).put("scheduling", group);
        admin.put(url, document.toString(), "If-Match", draft.header("ETag"));
        return node;
    }

    private Browser.Answer testRun(long node) {
        return admin.post("/api/v1/nodes/" + node + "/test-runs", "{\"code\":\"DRAFT\"}");
    }

    private static List<String> messages(Browser.Answer answer) {
        return answer.json().path("findings").findValuesAsText("message");
    }

    @Test
    void a_group_is_made_changed_and_deleted_against_what_was_seen() {
        Browser.Answer made = TestServer.made(create("etl", 3));
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(create("ETL", 3).status()).isEqualTo(409);
        Browser.Answer wrong = create("a,b", 0);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("findings").findValuesAsText("field")).containsExactly("/name", "/slots");

        String url = GROUPS + "/etl";
        assertThat(admin.put(url, "{\"slots\":5}").status()).isEqualTo(428);
        Browser.Answer changed = admin.put(url, "{\"slots\":5,\"description\":\"at night\"}", "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        Browser.Answer stale = admin.put(url, "{\"slots\":6}", "If-Match", "\"1\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().path("detail").asText()).contains("with 5 slots");
        assertThat(admin.send("DELETE", url, null, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        admin.put(url, "{\"slots\":6}", "If-Match", "\"2\"");
        assertThat(admin.get(url).json().path("description").asText()).isEqualTo("at night");

        Browser.Answer deleted = admin.send("DELETE", url, null, "If-Match", "\"3\"");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(admin.get(url).status()).isEqualTo(404);
        assertThat(admin.send("DELETE", GROUPS + "/default_scheduling", null, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(422);
        List<String> audited = SERVER.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT action || ' ' || coalesce(detail ->> 'slots', '') FROM audit_entry
                                WHERE object = 'resource group etl' ORDER BY id""").mapTo(String.class).list());
        assertThat(audited)
                .containsExactly(
                        "resource_group.create 3",
                        "resource_group.change 5",
                        "resource_group.change 6",
                        "resource_group.delete 6");
    }

    @Test
    void a_group_shows_who_runs_and_who_waits_and_says_what_keeps_it() {
        TestServer.made(create("reports", 1));
        String url = GROUPS + "/reports";
        long node = node("report", "reports");
        long first = TestServer.made(testRun(node)).json().path("id").asLong();
        SERVER.clock().advance(Duration.ofMinutes(1));
        long second = TestServer.made(testRun(node)).json().path("id").asLong();
        new Claims(SERVER.jdbi(), Set.of("reports"), LeaseSettings.DEFAULT, SERVER.clock())
                .claim(new WorkerName("w-1"), 10);

        JsonNode group = admin.get(url).json();
        assertThat(group.path("running").asInt()).isEqualTo(1);
        assertThat(group.path("waiting").asInt()).isEqualTo(1);
        JsonNode holder = admin.get(url + "/running").json().at("/items/0");
        assertThat(holder.at("/instance/id").asLong()).isEqualTo(first);
        assertThat(holder.path("worker").asText()).isEqualTo("w-1");
        JsonNode queued = admin.get(url + "/queue?limit=1").json().at("/items/0");
        assertThat(queued.at("/instance/id").asLong()).isEqualTo(second);
        assertThat(queued.path("position").asInt()).isEqualTo(1);
        assertThat(queued.path("readiness").asText()).contains("resource group reports");
        assertThat(admin.get(url + "/queue?cursor=x").status()).isEqualTo(422);
        assertThat(new ResponseShape(admin.get(url + "/queue").json(), GROUPS + "/{group}/queue").differences())
                .isEmpty();
        assertThat(new ResponseShape(admin.get(url + "/running").json(), GROUPS + "/{group}/running").differences())
                .isEmpty();

        Browser.Answer refused = admin.send("DELETE", url, null, "If-Match", "\"1\"");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(messages(refused))
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("Instance " + first + " (report of workspace shop in DEV at"),
                        m -> assertThat(m)
                                .startsWith("Instance " + second + " ")
                                .endsWith("is to run in it."),
                        m -> assertThat(m).isEqualTo("The draft of node report of workspace shop names it."));
    }

    @Test
    void a_draft_that_names_a_deleted_group_is_found_and_cannot_be_tried() {
        TestServer.made(create("gone", 1));
        long node = node("homeless", "gone");
        Browser.Answer deleted = admin.send("DELETE", GROUPS + "/gone", null, "If-Match", "\"1\"");
        assertThat(messages(deleted)).containsExactly("The draft of node homeless of workspace shop names it.");

        JsonNode finding =
                admin.post("/api/v1/nodes/" + node + "/check", "").json().at("/findings/0");
        assertThat(finding.path("field").asText()).isEqualTo("/resourceGroups/scheduling");
        assertThat(finding.path("message").asText()).isEqualTo("There is no resource group 'gone'.");
        assertThat(finding.path("cure").asText()).contains("default_scheduling");
        assertThat(testRun(node).status()).isEqualTo(422);
        assertThat(admin.post("/api/v1/nodes/" + node + "/commit", "{\"note\":\"n\"}")
                        .status())
                .isEqualTo(422);
    }
}
