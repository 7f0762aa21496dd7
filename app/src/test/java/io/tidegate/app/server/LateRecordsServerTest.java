package io.tidegate.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Two windows, records that come late for the first one, and the click that brings them in: through every part. */
class LateRecordsServerTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void records_that_come_late_are_found_shown_and_brought_in_by_a_click() throws Exception {
        Sandbox sandbox = Sandbox.shared();
        String database = sandbox.postgres().createDatabase("late_server");
        LocalDateTime second = LocalDateTime.now(ZONE)
                .truncatedTo(ChronoUnit.HOURS)
                .minusHours(1)
                .withMinute(15);
        LocalDateTime first = second.minusHours(1);
        Span older = windowOf(first);
        Span younger = windowOf(second);
        try (OrdersTopic topic = new OrdersTopic(sandbox.kafka().bootstrapServers(), "orders_late", 3);
                ServerProcess server = ServerProcess.start(sandbox, database, "late", directory)) {
            topic.send(older.start(), younger.end(), 4_000, Instant.EPOCH);
            OrdersTable table = new OrdersTable(
                    sandbox.maxCompute().endpoint(),
                    sandbox.maxCompute().project(),
                    sandbox.maxCompute().accessId(),
                    sandbox.maxCompute().accessKey(),
                    "orders_late");
            ApiClient api = new ApiClient(server.uri());
            api.signIn("admin", ServerProcess.PASSWORD);
            ShopAuthoring shop = new ShopAuthoring(api, sandbox, "late", "orders_late");
            long node = shop.deployedNode(ZONE);
            long copyOfOlder = copied(api, shop, node, first);
            long before = topic.census(List.of(older)).counts().get(0);
            assertThat(table.count(partition(first))).isEqualTo(before);

            topic.send(older.start().plusSeconds(1200), older.start().plusSeconds(1800), 50, Instant.EPOCH);
            long after = topic.census(List.of(older)).counts().get(0);
            long late = after - before;
            assertThat(late).isGreaterThan(40);
            long copyOfYounger = copied(api, shop, node, second);

            assertThat(api.get("instances/" + copyOfYounger)
                            .at("/receipt/late/records")
                            .asLong())
                    .isEqualTo(late);
            JsonNode detail = api.get("instances/" + copyOfOlder);
            assertThat(detail.at("/late/missing").asLong()).isEqualTo(late);
            assertThat(detail.at("/late/foundBy/0/id").asLong()).isEqualTo(copyOfYounger);
            assertThat(missing(api.get(shop.path("late-records?open=true&node=" + node))))
                    .isEqualTo(late);

            api.post("instances/" + copyOfOlder + "/repair", JSON.createObjectNode());
            awaitSuccess(api, copyOfOlder);

            assertThat(table.count(partition(first))).isEqualTo(after);
            JsonNode repaired = api.get("instances/" + copyOfOlder);
            assertThat(repaired.at("/late/missing").asLong()).isZero();
            assertThat(repaired.at("/late/repaired").asLong()).isEqualTo(late);
            assertThat(api.get(shop.path("late-records?open=true")).path("items"))
                    .isEmpty();
        }
    }

    private static Span windowOf(LocalDateTime scheduled) {
        Instant end = scheduled.truncatedTo(ChronoUnit.HOURS).atZone(ZONE).toInstant();
        return new Span(end.minus(1, ChronoUnit.HOURS), end);
    }

    private static String partition(LocalDateTime scheduled) {
        return scheduled.format(DateTimeFormatter.ofPattern("yyyyMMddHH"));
    }

    private static long missing(JsonNode page) {
        long missing = 0;
        for (JsonNode row : page.path("items")) {
            missing += row.path("missing").asLong();
        }
        return missing;
    }

    /** Runs the node for one scheduled time, and returns the instance. */
    private static long copied(ApiClient api, ShopAuthoring shop, long node, LocalDateTime scheduled) {
        ObjectNode request =
                JSON.createObjectNode().put("from", scheduled.toString()).put("to", scheduled.toString());
        request.putArray("nodeIds").add(node);
        long backfill = api.post(shop.path("backfills"), request).path("id").asLong();
        String list = shop.path("instances?origin=BACKFILL&originKey=" + backfill);
        long instance = api.get(list).at("/items/0/id").asLong();
        awaitSuccess(api, instance);
        return instance;
    }

    private static void awaitSuccess(ApiClient api, long instance) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("instances/" + instance).path("state").asText(), "SUCCESS"::equals);
    }
}
