package io.tidegate.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.sandbox.orders.OrdersTable;
import io.tidegate.sandbox.orders.OrdersTopic;
import io.tidegate.sandbox.orders.OrdersTopic.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The last hours of the demo's node, counted three ways that know nothing of each other. */
final class DemoWindows {
    static final int HOURS = 3;

    private static final int SCHEDULED_MINUTE = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final ApiClient api;
    private final ShopAuthoring shop;
    private final InstantSource clock;
    private final ZoneId zone;

    DemoWindows(ApiClient api, ShopAuthoring shop, InstantSource clock, ZoneId zone) {
        this.api = api;
        this.shop = shop;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * One hour, counted.
     *
     * @param partition value of {@code ds}
     * @param start first instant of the window
     * @param end first instant after it
     * @param topicRecords records in the topic, by reading all of it
     * @param tableRows rows in the table, by SQL
     * @param receiptWritten records written, by the receipt
     * @param receiptDirty records left out because they do not convert, by the receipt
     */
    record Counted(
            String partition,
            Instant start,
            Instant end,
            long topicRecords,
            long tableRows,
            long receiptWritten,
            long receiptDirty) {
        boolean agrees() {
            return topicRecords == tableRows + receiptDirty && tableRows == receiptWritten;
        }
    }

    /** The last scheduled times that have come, ascending, as local times. */
    static List<LocalDateTime> lastScheduledTimes(Instant now, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        LocalDateTime last = local.truncatedTo(ChronoUnit.HOURS).withMinute(SCHEDULED_MINUTE);
        if (last.isAfter(local)) {
            last = last.minusHours(1);
        }
        List<LocalDateTime> times = new ArrayList<>();
        for (int back = HOURS - 1; back >= 0; back--) {
            times.add(last.minusHours(back));
        }
        return times;
    }

    /** The hour that is copied at a scheduled time: the full one before it. */
    static Span windowOf(LocalDateTime scheduled, ZoneId zone) {
        Instant end = scheduled.truncatedTo(ChronoUnit.HOURS).atZone(zone).toInstant();
        return new Span(end.minus(1, ChronoUnit.HOURS), end);
    }

    /** Waits for the instances of these scheduled times and counts what they left. */
    List<Counted> count(long node, List<LocalDateTime> scheduledTimes, OrdersTopic topic, OrdersTable table) {
        List<JsonNode> receipts = new ArrayList<>();
        for (LocalDateTime scheduled : scheduledTimes) {
            receipts.add(awaitReceipt(node, scheduled));
        }
        List<Span> spans = scheduledTimes.stream().map(t -> windowOf(t, zone)).toList();
        List<Long> inTopic = topic.census(spans).counts();
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            String partition = scheduledTimes.get(i).format(DateTimeFormatter.ofPattern("yyyyMMddHH"));
            counted.add(new Counted(
                    partition,
                    spans.get(i).start(),
                    spans.get(i).end(),
                    inTopic.get(i),
                    table.count(partition),
                    receipts.get(i).path("written").asLong(),
                    receipts.get(i).path("dirty").asLong()));
        }
        return counted;
    }

    private JsonNode awaitReceipt(long node, LocalDateTime scheduled) {
        Instant time = scheduled.atZone(zone).toInstant();
        String query =
                shop.path("instances?node=%d&from=%s&to=%s".formatted(node, time, time.plus(1, ChronoUnit.MINUTES)));
        Instant deadline = clock.instant().plus(PATIENCE);
        String state = "planned";
        while (clock.instant().isBefore(deadline)) {
            for (JsonNode instance : api.get(query).path("items")) {
                state = instance.path("state").asText();
                JsonNode detail = api.get("instances/" + instance.path("id").asLong());
                if (state.equals("SUCCESS") && detail.path("receipt").isObject()) {
                    return detail.path("receipt");
                }
                if (state.equals("FAILED")) {
                    throw new IllegalStateException("the instance of %s failed: %s"
                            .formatted(
                                    scheduled,
                                    detail.path("attempts")
                                            .path(0)
                                            .path("message")
                                            .asText()));
                }
            }
            pause();
        }
        throw new IllegalStateException(
                "the instance of %s is still %s after %d minutes".formatted(scheduled, state, PATIENCE.toMinutes()));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the demo's instances", e);
        }
    }
}
