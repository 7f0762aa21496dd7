package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.web.http.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsTest {
    private static final String CANARY = "canary-4711-must-not-sing";
    private final TestServer server = TestServer.start(WebSettings.DEFAULTS);
    private String url = "";

    @BeforeAll
    void store_secrets() {
        url = server.workspace() + "/data-sources";
        TestServer.made(server.admin().post(url, """
                        {"name":"lake","type":"MAXCOMPUTE","sides":{"PROD":{"endpoint":"http://127.0.0.1:1/api",
                        "project":"p","accessId":"id","accessKey":"%s"}}}""".formatted(CANARY)));
        TestServer.made(server.admin().post(url, """
                        {"name":"stream","type":"KAFKA","sides":{"PROD":{"bootstrapServers":"127.0.0.1:1","properties":
                        {"sasl.jaas.config":"org.apache.kafka.common.security.plain.PlainLoginModule required password='%1$s';",
                        "ssl.keystore.password":"%1$s","client.rack":"tidegate"}}}}""".formatted(CANARY)));
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void secrets_are_shown_as_set_and_nothing_else_is_hidden() {
        Browser.Answer kafka = server.admin().get(url + "/stream");
        assertThat(kafka.json().at("/sides/PROD/properties").toString())
                .isEqualTo("{\"client.rack\":\"tidegate\",\"sasl.jaas.config\":{\"set\":true},"
                        + "\"ssl.keystore.password\":{\"set\":true}}");
        Browser.Answer lake = server.admin().get(url + "/lake");
        assertThat(lake.json().at("/sides/PROD/accessKey").toString()).isEqualTo("{\"set\":true}");
    }

    @Test
    void a_secret_given_back_as_it_was_shown_is_kept() {
        String shown = server.admin().get(url + "/lake").json().path("sides").toString();
        Browser.Answer saved = server.admin().put(url + "/lake", "{\"description\":\"Ours\",\"sides\":" + shown + "}");

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(saved.json().at("/sides/PROD/accessKey/set").asBoolean()).isTrue();
        assertThat(saved.json().path("description").asText()).isEqualTo("Ours");
    }

    @Test
    void no_route_ever_gives_a_secret_out() {
        for (Route route : server.routes()) {
            for (String name : new String[] {"lake", "stream"}) {
                String path = route.path()
                                .replace("{workspace}", TestServer.WORKSPACE)
                                .replace("{name}", name)
                                .replaceAll("\\{[a-z]+}", "1")
                        + (route.path().matches(".*/(topics|tables|\\{table})") ? "?environment=PROD" : "");
                if (path.endsWith("/session") && route.changes()) {
                    continue;
                }
                String body = path.endsWith("/connectivity") ? "{\"environment\":\"PROD\"}" : "{}";
                Browser.Answer answer = server.admin().send(route.method().name(), path, body);

                assertThat(answer.text() + answer.response().headers().map())
                        .as("%s %s -> %d", route.method(), path, answer.status())
                        .doesNotContain(CANARY);
                assertThat(answer.status()).as(path + answer.text()).isNotEqualTo(500);
            }
        }
    }

    @Test
    void a_refused_request_does_not_echo_the_secret_in_it() {
        for (String side : new String[] {
            "{\"endpoint\":7,\"project\":\"p\",\"accessId\":\"i\",\"accessKey\":\"" + CANARY + "\"}",
            "{\"endpoint\":\"nonsense\",\"project\":\"\",\"accessId\":\"\",\"accessKey\":\"" + CANARY + "\"}",
            "{\"endpoint\":\"http://h/api\",\"project\":\"p\",\"accessId\":\"i\",\"accessKey\":[\"" + CANARY + "\"]}",
            "{\"endpoint\":\"http://h/api\",\"project\":\"p\",\"accessId\":\"i\",\"accessKey\":" + CANARY + "}",
            "\"" + CANARY + "\""
        }) {
            Browser.Answer answer = server.admin()
                    .post(url, "{\"name\":\"x\",\"type\":\"MAXCOMPUTE\",\"sides\":{\"PROD\":" + side + "}}");
            assertThat(answer.status()).as(answer.text()).isBetween(400, 422);
            assertThat(answer.text()).doesNotContain(CANARY);
        }
    }

    @Test
    void a_cluster_out_of_reach_is_a_problem_of_the_far_side() {
        assertThat(server.admin().get(url + "/stream/topics?environment=PROD").status())
                .isEqualTo(502);
        Browser.Answer tried = server.admin().post(url + "/stream/connectivity", "{\"environment\":\"PROD\"}");
        assertThat(tried.json().path("reachable").asBoolean(true)).isFalse();
        assertThat(tried.json().path("message").asText()).contains("Nothing answers");
    }
}
