package io.tidegate.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.app.demo.ApiClient;
import io.tidegate.app.demo.ShopAuthoring;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.orders.OrdersTable;
import io.tidegate.sandbox.orders.OrdersTopic;
import io.tidegate.sandbox.orders.OrdersTopic.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    @TempDir
    Path directory;

    @Test
    void a_server_killed_in_the_middle_of_a_copy_leaves_an_exact_partition_after_its_restart() throws Exception {
        Sandbox sandbox = Sandbox.shared();
        String database = sandbox.postgres().createDatabase("killed_server");
        LocalDateTime scheduled = LocalDateTime.now(ZONE)
                .truncatedTo(ChronoUnit.HOURS)
                .minusHours(1)
                .withMinute(15);
        Instant windowEnd = scheduled.truncatedTo(ChronoUnit.HOURS).atZone(ZONE).toInstant();
        Span window = new Span(windowEnd.minus(1, ChronoUnit.HOURS), windowEnd);
        String partition = scheduled.format(DateTimeFormatter.ofPattern("yyyyMMddHH"));
        try (OrdersTopic topic = new OrdersTopic(sandbox.kafka().bootstrapServers(), "orders_killed", 3)) {
            topic.send(window.start().minusSeconds(600), window.end().plusSeconds(600), 60_000, Instant.EPOCH);
            OrdersTable table = new OrdersTable(
                    sandbox.maxCompute().endpoint(),
                    sandbox.maxCompute().project(),
                    sandbox.maxCompute().accessId(),
                    sandbox.maxCompute().accessKey(),
                    "orders_killed");
            sandbox.maxCompute().faults().slowBlocks(Duration.ofSeconds(30), 3);
            long instance;
            try (ServerProcess server = ServerProcess.start(sandbox, database, "first", directory)) {
                ApiClient api = signedIn(server);
                ShopAuthoring shop = new ShopAuthoring(api, sandbox, "killed", "orders_killed");
                long node = shop.deployedNode(ZONE);
                shop.backfillOnce(node, scheduled, scheduled);
                instance = await().atMost(Duration.ofSeconds(30))
                        .until(() -> runningInstance(api, shop, node), id -> id > 0);
                // In the middle: the plan is frozen, and blocks are on their way.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> attempt(api, instance).path("plan").isObject());
                server.kill9();
            }
            assertThat(table.count(partition))
                    .as("rows visible of a copy that was killed")
                    .isZero();
            sandbox.maxCompute().faults().clear();

            try (ServerProcess server = ServerProcess.start(sandbox, database, "second", directory)) {
                ApiClient api = signedIn(server);
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () -> api.get("instances/" + instance)
                                        .path("state")
                                        .asText(),
                                "SUCCESS"::equals);
                JsonNode detail = api.get("instances/" + instance);
                assertThat(detail.path("attempts"))
                        .extracting(a -> a.path("state").asText())
                        .containsExactly("SUCCEEDED", "LOST");
                long inTopic = topic.census(List.of(window)).counts().get(0);
                assertThat(inTopic).isGreaterThan(30_000);
                assertThat(table.count(partition)).isEqualTo(inTopic);
                assertThat(detail.path("receipt").path("written").asLong()).isEqualTo(inTopic);
            }
        }
    }

    private static ApiClient signedIn(ServerProcess server) throws Exception {
        ApiClient api = new ApiClient(server.uri());
        api.signIn("admin", ServerProcess.PASSWORD);
        return api;
    }

    private static long runningInstance(ApiClient api, ShopAuthoring shop, long node) {
        for (JsonNode item : api.get(shop.path("instances?node=" + node)).path("items")) {
            if (item.path("state").asText().equals("RUNNING")) {
                return item.path("id").asLong();
            }
        }
        return 0;
    }

    private static JsonNode attempt(ApiClient api, long instance) {
        return api.get("instances/" + instance).path("attempts").path(0);
    }
}
