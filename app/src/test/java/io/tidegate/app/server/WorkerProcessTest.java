package io.tidegate.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.app.CommandLineRun;
import io.tidegate.app.Main;
import io.tidegate.app.demo.ApiClient;
import io.tidegate.app.demo.ShopAuthoring;
import io.tidegate.app.process.ChildProgram;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.orders.OrdersTable;
import io.tidegate.sandbox.orders.OrdersTopic;
import io.tidegate.sandbox.orders.OrdersTopic.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in programs of their own, beside a server that runs none. */
class WorkerProcessTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");
    private static final String COPIES = "default_data_integration";
    private static final int SIGTERM_EXIT = 143;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Sandbox sandbox = Sandbox.shared();

    @TempDir
    Path directory;

    @Test
    void a_worker_that_freezes_is_replaced_and_fenced_and_one_that_is_asked_to_stop_drains() throws Exception {
        String database = sandbox.postgres().createDatabase("worker_programs");
        LocalDateTime scheduled = LocalDateTime.now(ZONE)
                .truncatedTo(ChronoUnit.HOURS)
                .minusHours(1)
                .withMinute(15);
        Instant windowEnd = scheduled.truncatedTo(ChronoUnit.HOURS).atZone(ZONE).toInstant();
        Span window = new Span(windowEnd.minus(1, ChronoUnit.HOURS), windowEnd);
        String partition = scheduled.format(DateTimeFormatter.ofPattern("yyyyMMddHH"));
        try (OrdersTopic topic = new OrdersTopic(sandbox.kafka().bootstrapServers(), "orders_workers", 3);
                ServerProcess server =
                        ServerProcess.start(sandbox, database, "server", directory, Map.of("worker.threads", "0"))) {
            topic.send(window.start().minusSeconds(600), window.end().plusSeconds(600), 20_000, Instant.EPOCH);
            long inTopic = topic.census(List.of(window)).counts().get(0);
            OrdersTable table = table();
            ApiClient api = new ApiClient(server.uri());
            api.signIn("admin", ServerProcess.PASSWORD);
            ShopAuthoring shop = new ShopAuthoring(api, sandbox, "workers", "orders_workers");
            long node = shop.deployedNode(ZONE);
            shop.backfillOnce(node, scheduled, scheduled);
            long instance = await().atMost(SOON).until(() -> instanceOf(api, shop, node), id -> id > 0);
            await().atMost(SOON)
                    .until(
                            () -> readiness(api, instance),
                            sentence -> sentence.contains("resource group " + COPIES + ": no worker serves it"));

            sandbox.maxCompute().faults().slowBlocks(Duration.ofSeconds(30), 3);
            try (ChildProgram frozen = worker(database, "frozen")) {
                frozen.ready();
                await().atMost(SOON)
                        .until(() ->
                                attempts(api, instance).path(0).path("plan").isObject());
                assertThat(workers(api)).containsExactly("frozen LIVE");
                frozen.signal("STOP");
                sandbox.maxCompute().faults().clear();

                try (ChildProgram second = worker(database, "second")) {
                    second.ready();
                    awaitState(api, instance, "SUCCESS");
                    assertThat(table.count(partition)).isEqualTo(inTopic);
                    assertThat(workers(api)).containsExactly("frozen SILENT", "second LIVE");

                    frozen.signal("CONT");
                    await().atMost(SOON)
                            .until(() -> frozen.said().contains("its outcome was dropped")
                                    || frozen.said().contains("the outcome was dropped")
                                    || frozen.said().contains("no longer holds its lease"));
                    assertThat(attempts(api, instance))
                            .extracting(a -> a.path("worker").asText() + " "
                                    + a.path("state").asText())
                            .containsExactly("second SUCCEEDED", "frozen LOST");
                    assertThat(table.count(partition)).isEqualTo(inTopic);

                    frozen.signal("TERM");
                    assertThat(frozen.exitCode(60)).isEqualTo(SIGTERM_EXIT);
                    drainsThenEndsAtOnce(api, instance, second);
                }
            }
        }
    }

    /** A copy that hangs keeps it draining, the second signal does not wait for that. */
    private void drainsThenEndsAtOnce(ApiClient api, long instance, ChildProgram worker) throws Exception {
        sandbox.maxCompute().faults().slowBlocks(Duration.ofSeconds(30), 3);
        api.post("instances/" + instance + "/rerun", JsonNodeFactory.instance.objectNode());
        awaitState(api, instance, "RUNNING");

        worker.signal("TERM");
        await().atMost(SOON).until(() -> workers(api), List.of("second DRAINING")::equals);
        assertThat(worker.isAlive()).isTrue();
        worker.signal("TERM");

        assertThat(worker.exitCode(10)).isEqualTo(SIGTERM_EXIT);
        assertThat(worker.said()).contains("Asked to stop again: ending at once.");
        sandbox.maxCompute().faults().clear();
    }

    @Test
    void what_keeps_a_worker_from_starting_is_said_in_a_sentence() throws Exception {
        String database = sandbox.postgres().createDatabase("worker_refused");
        assertThat(refused(database, "--slots", "2"))
                .contains("secret.key is not there. Give the worker the key file of the servers");

        try (ServerProcess server =
                ServerProcess.start(sandbox, database, "server", directory, Map.of("worker.threads", "0"))) {
            server.uri();
            assertThat(refused(database, "--resource-group", "nowhere"))
                    .contains("there is no resource group nowhere. There are: default_data_integration,")
                    .contains("or make it first (POST /api/v1/resource-groups).");
            assertThat(refused(database, "--slots", "0")).contains("a worker that runs nothing is none");
            assertThat(refused(sandbox.postgres().createDatabase("worker_empty"), "--slots", "1"))
                    .contains("Start a server of the same version first");
        }
    }

    private String refused(String database, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        arguments.addAll(List.of(flags));
        ServerProcess.settings(sandbox, database, "refused", directory).forEach((key, value) -> {
            arguments.add("--set");
            arguments.add(key + "=" + value);
        });
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        return run.err();
    }

    private ChildProgram worker(String database, String name) throws IOException {
        Map<String, String> settings = ServerProcess.settings(sandbox, database, name, directory);
        settings.put("worker.drainSeconds", "120");
        return ChildProgram.start(
                Main.class,
                List.of("worker", "--resource-group", COPIES, "--slots", "2"),
                settings,
                directory,
                "Worker " + name + " takes up to 2 attempts at once, of resource group " + COPIES);
    }

    private OrdersTable table() {
        return new OrdersTable(
                sandbox.maxCompute().endpoint(),
                sandbox.maxCompute().project(),
                sandbox.maxCompute().accessId(),
                sandbox.maxCompute().accessKey(),
                "orders_workers");
    }

    private static List<String> workers(ApiClient api) {
        TreeSet<String> all = new TreeSet<>();
        for (JsonNode worker : api.get("workers").path("items")) {
            all.add(worker.path("name").asText() + " " + worker.path("state").asText());
        }
        return List.copyOf(all);
    }

    private static long instanceOf(ApiClient api, ShopAuthoring shop, long node) {
        return api.get(shop.path("instances?node=" + node)).at("/items/0/id").asLong();
    }

    private static String readiness(ApiClient api, long instance) {
        return api.get("instances/" + instance).path("readiness").asText();
    }

    private static JsonNode attempts(ApiClient api, long instance) {
        return api.get("instances/" + instance).path("attempts");
    }

    private static void awaitState(ApiClient api, long instance, String state) {
        await().atMost(SOON)
                .until(() -> api.get("instances/" + instance).path("state").asText(), state::equals);
    }
}
