package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Schedules over HTTP: what is coming, what the year holds, and the settings of a workspace. */
class ScheduleTest {
    private final TestServer server = TestServer.shared();
    private final Browser admin = server.admin();

    private Browser.Answer preview(long node, String cycle, String more) {
        ObjectNode document =
                (ObjectNode) admin.get("/api/v1/nodes/" + node + "/draft").json();
        Browser.Answer unsaved = admin.post(
                "/api/v1/nodes/" + node + "/preview",
                "{\"count\":3,\"document\":"
                        + document.toString().replaceFirst("\"cycle\":\\{[^}]*}", "\"cycle\":" + cycle) + more + "}");
        assertThat(unsaved.status()).as(unsaved.text()).isEqualTo(200);
        return unsaved;
    }

    private long sync(String name) {
        Browser.Answer made = admin.post(
                server.workspace() + "/nodes",
                "{\"workflow\":\"main\",\"name\":\"" + name + "\",\"type\":\"BATCH_SYNC\"}");
        return TestServer.made(made).json().path("id").asLong();
    }

    @Test
    void a_new_copy_shows_its_windows_and_partitions_before_it_has_a_data_source() {
        JsonNode first = preview(sync("windows"), "{\"type\":\"HOUR\",\"times\":[\"10:15\"]}", "")
                .json()
                .at("/items/0");

        assertThat(first.path("scheduledLocal").asText()).endsWith("T10:15:00");
        assertThat(first.at("/copy/beginLocal").asText()).endsWith("T09:00:00");
        assertThat(first.at("/copy/endLocal").asText()).endsWith("T10:00:00");
        assertThat(first.at("/copy/partition").asText()).matches("ds=\\d{8}10");
        assertThat(first.at("/copy/timeZone").asText()).isEqualTo("Asia/Shanghai");
        assertThat(first.path("problem").asText()).contains("datasource");
        assertThat(first.path("dryRun").asBoolean()).isFalse();
    }

    @Test
    void the_coming_year_is_looked_at_when_it_is_asked_for() {
        long node = sync("year");
        String cycle = "{\"type\":\"HOUR\",\"startFrom\":\"00:15\",\"interval\":2,\"endAt\":\"23:59\"}";

        assertThat(preview(node, cycle, "").json().path("outlook").isNull()).isTrue();
        JsonNode outlook = preview(node, cycle, ",\"outlook\":true").json().path("outlook");

        assertThat(outlook.path("runs").asInt()).isGreaterThan(4300);
        assertThat(outlook.at("/findings/0/kind").asText()).isEqualTo("GAP");
        assertThat(outlook.at("/findings/0/count").asInt()).isGreaterThan(4300);
        assertThat(outlook.at("/findings/0/severity").asText()).isEqualTo("WARNING");
    }

    @Test
    void a_week_shows_the_days_on_which_it_works_and_the_others_on_demand() {
        long node = server.node("weeks");
        String mondays = "{\"type\":\"WEEK\",\"days\":[\"MON\"],\"runAt\":\"00:15\"}";

        JsonNode working = preview(node, mondays, "").json().path("items");
        JsonNode all = preview(node, mondays, ",\"dryRuns\":true").json().path("items");

        assertThat(working).hasSize(3).noneMatch(item -> item.path("dryRun").asBoolean());
        assertThat(all).hasSize(3).anyMatch(item -> item.path("dryRun").asBoolean());
    }

    @Test
    void the_settings_of_a_workspace_are_changed_one_by_one() {
        String url = server.workspace();
        try {
            Browser.Answer off = admin.send("PATCH", url, "{\"periodicScheduling\":false}");
            assertThat(off.status()).as(off.text()).isEqualTo(200);
            assertThat(off.json().path("periodicScheduling").asBoolean()).isFalse();
            Browser.Answer policy =
                    admin.send("PATCH", url, "{\"catchUp\":{\"policy\":\"LATEST\",\"maxAgeMinutes\":60}}");
            assertThat(policy.json().path("periodicScheduling").asBoolean()).isFalse();
            assertThat(policy.json().at("/catchUp/policy").asText()).isEqualTo("LATEST");
            assertThat(admin.get(url).json().at("/catchUp/maxAgeMinutes").asInt())
                    .isEqualTo(60);

            Browser.Answer wrong = admin.send("PATCH", url, "{\"catchUp\":{\"policy\":\"ALL\",\"maxAgeMinutes\":0}}");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text()).contains("/catchUp/maxAgeMinutes");
        } finally {
            admin.send("PATCH", url, "{\"periodicScheduling\":true,\"catchUp\":{\"policy\":\"ALL\"}}");
        }
    }

    @Test
    void a_workspace_says_how_long_it_keeps_things_and_takes_another_policy() {
        String url = server.workspace() + "/retention";
        try {
            Browser.Answer changed =
                    admin.send("PUT", url, "{\"instanceDays\":90,\"logDays\":20,\"dirtyRecordDays\":10}");
            Browser.Answer refused =
                    admin.send("PUT", url, "{\"instanceDays\":90,\"logDays\":91,\"dirtyRecordDays\":10}");

            assertThat(changed.status()).isEqualTo(200);
            assertThat(admin.get(url).json().path("instanceDays").asInt()).isEqualTo(90);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().toString()).contains("/logDays");
        } finally {
            admin.send("PUT", url, "{\"instanceDays\":400,\"logDays\":30,\"dirtyRecordDays\":30}");
        }
    }

    @Test
    void a_healthy_workspace_has_no_isolated_node() {
        Browser.Answer isolated = admin.get(server.workspace() + "/isolated-nodes");

        assertThat(isolated.status()).isEqualTo(200);
        assertThat(isolated.json().path("items")).isEmpty();
    }
}
