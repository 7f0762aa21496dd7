package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamTest {
    private final TestServer server = TestServer.start(new WebSettings(false, 2));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_line_tells_of_the_present_and_of_each_change() {
        long id = server.rootInstance();
        HttpResponse<Stream<String>> line = server.admin().follow("/api/v1/instances/" + id + "/stream");
        assertThat(line.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (Stream<String> lines = line.body()) {
            Iterator<String> events = lines.iterator();
            assertThat(dataOf(events, "instance")).contains("\"id\":" + id).doesNotContain("\"state\":\"FAILED\"");

            Browser.Answer stopped = server.admin().post("/api/v1/instances/" + id + "/stop", "");
            assertThat(stopped.json().path("state").asText()).as(stopped.text()).isEqualTo("FAILED");

            assertThat(dataOf(events, "instance")).contains("\"state\":\"FAILED\"");
        }
    }

    @Test
    void a_line_follows_the_log_of_the_newest_attempt() {
        long id = server.rootInstance();
        long attempt = attempt(id, 1, "FAILED");
        log(attempt, 1, "first line\nsecond line");
        try (Stream<String> lines =
                server.admin().follow("/api/v1/instances/" + id + "/stream").body()) {
            Iterator<String> events = lines.iterator();
            assertThat(dataOf(events, "log")).contains("\"number\":1").contains("first line\\nsecond line");

            long next = attempt(id, 2, "RUNNING");
            log(next, 1, "again");
            assertThat(dataOf(events, "log")).contains("\"attempt\":" + next).contains("again");
        }
    }

    @Test
    void a_list_is_told_which_instances_changed() {
        long id = server.rootInstance();
        try (Stream<String> lines =
                server.admin().follow(server.workspace() + "/instances/stream").body()) {
            Iterator<String> events = lines.iterator();
            // Said at once, though nothing has changed: otherwise a browser takes the line for not yet open.
            assertThat(events.next()).isEqualTo(": still here");
            server.admin().post("/api/v1/instances/" + id + "/stop", "");

            assertThat(dataOf(events, "changed")).isEqualTo("{\"ids\":[" + id + "]}");

            server.admin().post("/api/v1/instances/" + id + "/set-success", "");

            assertThat(dataOf(events, "changed")).isEqualTo("{\"ids\":[" + id + "]}");
        }
    }

    @Test
    void lines_are_bounded_and_given_back_when_the_browser_leaves() {
        long id = server.rootInstance();
        String url = "/api/v1/instances/" + id + "/stream";
        Browser.Answer refused;
        try (Stream<String> one = server.admin().follow(url).body();
                Stream<String> two = server.admin().follow(url).body()) {
            assertThat(one.iterator().next()).startsWith("event: ");
            assertThat(two.iterator().next()).startsWith("event: ");
            refused = server.admin().get(url, "Accept", "text/event-stream");
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        // The server notices at its next write; the heartbeat after 15 s is the last chance.
        await().atMost(Duration.ofSeconds(40)).until(() -> server.openStreams() == 0);
    }

    @Test
    void a_line_needs_an_instance_and_the_right_accept_header() {
        assertThat(server.admin()
                        .get("/api/v1/instances/999999/stream", "Accept", "text/event-stream")
                        .status())
                .isEqualTo(404);
        assertThat(server.admin()
                        .get("/api/v1/instances/" + server.rootInstance() + "/stream")
                        .status())
                .isEqualTo(406);
    }

    private long attempt(long instance, int number, String state) {
        return server.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at)
                        VALUES (:instance, :number, 1, :number, 'w', :state, :now, :now) RETURNING id
                        """)
                        .bind("instance", instance)
                        .bind("number", number)
                        .bind("state", state)
                        .bind("now", TestServer.START)
                        .mapTo(Long.class)
                        .one());
    }

    private void log(long attempt, int number, String text) {
        server.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO attempt_log (attempt_id, number, text) VALUES (?, ?, ?)", attempt, number, text));
    }

    private static String dataOf(Iterator<String> lines, String event) {
        while (lines.hasNext()) {
            if (lines.next().equals("event: " + event)) {
                return lines.next().replaceFirst("^data: ", "");
            }
        }
        throw new AssertionError("The line ended without an event named " + event);
    }
}
