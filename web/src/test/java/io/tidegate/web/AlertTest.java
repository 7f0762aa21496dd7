package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.scheduler.alert.RaiseEventAlerts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTest {
    private static final TestServer SERVER = TestServer.start(WebSettings.DEFAULTS);
    private static final String CANARY = "c4n4ry-token-of-a-hook";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static long channel(String name, String url) {
        return TestServer.made(SERVER.admin().post(
                        SERVER.workspace() + "/alert-channels",
                        "{\"name\":\"%s\",\"type\":\"DINGTALK\",\"config\":{\"url\":\"%s\",\"secret\":\"%s-secret\"}}"
                                .formatted(name, url, CANARY)))
                .json()
                .path("id")
                .asLong();
    }

    @Test
    void a_channel_is_made_tested_changed_and_deleted_and_never_tells_its_secrets() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            received.add(exchange.getRequestURI().toString());
            byte[] answer = ("{\"errcode\":0,\"echo\":\"" + exchange.getRequestURI() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
        try {
            String host = "http://127.0.0.1:" + service.getAddress().getPort();
            long id = channel("ops", host + "/robot/send?access_token=" + CANARY);
            String url = "/api/v1/alert-channels/" + id;

            Browser.Answer test = SERVER.admin().post(url + "/test", "{}");
            assertThat(test.json().path("delivered").asBoolean()).isTrue();
            assertThat(received).hasSize(1);
            assertThat(received.get(0)).contains("&timestamp=").contains("&sign=");

            Browser.Answer changed =
                    SERVER.admin().send("PUT", url, "{\"name\":\"ops 2\",\"config\":{\"url\":null,\"secret\":null}}");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.json().at("/config/host").asText()).isEqualTo("127.0.0.1");
            assertThat(changed.json().at("/config/secretSet").asBoolean()).isTrue();
            SERVER.admin().post(url + "/test", "{}");
            assertThat(received).as("the stored address is kept").hasSize(2);

            for (Browser.Answer answer : List.of(test, changed, SERVER.admin().get(url))) {
                assertThat(answer.text()).doesNotContain(CANARY);
            }
            assertThat(SERVER.admin().get(SERVER.workspace() + "/alert-channels").text()).doesNotContain(CANARY);
            String stored = SERVER.jdbi().withHandle(handle -> handle.createQuery(
                            "SELECT (SELECT string_agg(c::text, ' ') FROM alert_channel c) || (SELECT string_agg(a::text, ' ') FROM audit_entry a)")
                    .mapTo(String.class)
                    .one());
            assertThat(stored).contains("alert_channel.test").doesNotContain(CANARY);
            assertThat(SERVER.admin().send("DELETE", url, null).status()).isEqualTo(204);
            assertThat(SERVER.admin().get(url).status()).isEqualTo(404);
        } finally {
            service.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://169.254.169.254/latest, /config/url",
        "https://10.0.0.1/hook, /config/url",
        "https://[::1]/hook, /config/url",
        "http://8.8.8.8/hook, /config/url",
        "ftp://example.com/hook, /config/url",
        "https://user:pw@example.com/hook, /config/url",
        "file:///etc/passwd, /config/url",
        "not a url, /config/url",
        "https://, /config/url",
    })
    void an_address_that_channels_may_not_reach_is_refused_at_once(String url, String field) {
        Browser.Answer answer = SERVER.admin().post(
                        SERVER.workspace() + "/alert-channels",
                        "{\"name\":\"bad\",\"type\":\"WEBHOOK\",\"config\":{\"url\":\"" + url + "\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/findings/0/field").asText()).isEqualTo(field);
        assertThat(answer.text()).doesNotContain("user:pw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"ROWS_OUTSIDE\",\"min\":5,\"max\":4}|\"x\":0|/condition/min",
                "{\"type\":\"ROWS_OUTSIDE\"}|\"x\":0|/condition",
                "{\"type\":\"RUNNING_LONGER\",\"minutes\":0}|\"x\":0|/condition/minutes",
                "{\"type\":\"NOT_FINISHED_BY\",\"time\":\"06:00\",\"days\":32}|\"x\":0|/condition/days",
                "{\"type\":\"NOT_FINISHED_BY\",\"days\":0}|\"x\":0|/condition/time",
                "{\"type\":\"FAILED\"}|\"scope\":{\"type\":\"NODES\",\"nodeIds\":[999999]}|/scope/nodeIds/0",
                "{\"type\":\"FAILED\"}|\"scope\":{\"type\":\"WORKFLOW\",\"workflowId\":999999}|/scope/workflowId",
                "{\"type\":\"FAILED\"}|\"channelIds\":[999999]|/channelIds/0",
                "{\"type\":\"FAILED\"}|\"origins\":[]|/origins",
                "{\"type\":\"FAILED\"}|\"quietHours\":{\"from\":\"07:00\",\"to\":\"07:00\"}|/quietHours/to",
                "{\"type\":\"FAILED\"}|\"limits\":{\"messagesAnHourMax\":0,\"oncePerInstance\":false}|/limits/messagesAnHourMax",
            })
    void a_rule_that_makes_no_sense_is_refused_with_the_place(String condition, String more, String field) {
        String channels = more.startsWith("\"channelIds") ? "" : ",\"channelIds\":[]";
        String extra = more.equals("\"x\":0") ? "" : "," + more;
        Browser.Answer answer = SERVER.admin().post(
                        SERVER.workspace() + "/alert-rules",
                        "{\"name\":\"bad\",\"condition\":" + condition + channels + extra + "}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().at("/findings/0/field").asText()).isEqualTo(field);
    }

    @Test
    void quiet_hours_that_no_clock_shows_and_conditions_of_no_known_type_are_malformed() {
        String rules = SERVER.workspace() + "/alert-rules";

        assertThat(SERVER.admin()
                        .post(rules, "{\"name\":\"a\",\"condition\":{\"type\":\"SCRIPT\"},\"channelIds\":[]}")
                        .status())
                .isEqualTo(400);
        assertThat(SERVER.admin().post(
                                rules,
                                "{\"name\":\"a\",\"condition\":{\"type\":\"FAILED\"},\"channelIds\":[],\"quietHours\":{\"from\":\"25:00\",\"to\":\"07:00\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_rule_raises_an_alert_that_is_listed_explained_and_acknowledged() {
        long channel = channel("later", "https://example.com/robot?access_token=x");
        String made =
                "{\"name\":\"nights\",\"condition\":{\"type\":\"FAILED_AFTER_RERUNS\"},\"channelIds\":[%d],\"scope\":{\"type\":\"NODES\",\"nodeIds\":[%d]}}";
        long instance = SERVER.rootInstance();
        long root = SERVER.jdbi().withHandle(handle ->
                handle.createQuery("SELECT id FROM node WHERE is_root").mapTo(Long.class).one());
        JsonNode rule = TestServer.made(
                        SERVER.admin().post(SERVER.workspace() + "/alert-rules", made.formatted(channel, root)))
                .json();
        assertThat(rule.path("limits").path("messagesAnHourMax").asInt()).isEqualTo(20);
        assertThat(rule.path("condition").path("type").asText()).isEqualTo("FAILED_AFTER_RERUNS");
        String url = "/api/v1/alert-rules/" + rule.path("id").asLong();
        assertThat(SERVER.admin().send("PUT", url, made.formatted(channel, root)).status()).isEqualTo(200);
        assertThat(SERVER.admin().send("DELETE", "/api/v1/alert-channels/" + channel, null).status())
                .as("a rule sends to it")
                .isEqualTo(409);

        SERVER.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at) VALUES (?, 7, 1, 7, 'w', 'FAILED', now(), now())",
                    instance);
            handle.execute(
                    "INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail) VALUES (?, now(), 'RUNNING', 'FAILED', 'AttemptFailed', 'w', 7, 'It failed.')",
                    instance);
        });
        new RaiseEventAlerts(SERVER.jdbi(), SERVER.clock()).tick();

        JsonNode listed = SERVER.admin().get(SERVER.workspace() + "/alerts?open=true&kind=FAILED_AFTER_RERUNS").json();
        assertThat(listed.path("items")).hasSize(1);
        String alert = "/api/v1/alerts/" + listed.at("/items/0/id").asLong();
        assertThat(SERVER.admin().get(alert).json().path("why").asText()).isEqualTo("It failed.");
        JsonNode delivery = SERVER.admin().get(alert + "/deliveries").json().at("/items/0");
        assertThat(delivery.path("state").asText()).isEqualTo("WAITING");
        assertThat(delivery.path("channelName").asText()).isEqualTo("later");
        assertThat(SERVER.admin().post(alert + "/acknowledge", "{}").json().path("acknowledgedBy").asText())
                .isEqualTo("admin");
        assertThat(SERVER.admin().get(SERVER.workspace() + "/alerts?open=true").json().path("items")).isEmpty();
        assertThat(SERVER.admin().get(SERVER.workspace() + "/alerts?limit=0").status()).isEqualTo(400);
        assertThat(SERVER.admin().send("DELETE", url, null).status()).isEqualTo(204);
        assertThat(SERVER.admin().get(alert).json().path("ruleId").isNull()).isTrue();
    }
}
