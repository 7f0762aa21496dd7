package io.tidegate.sandbox.orders;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes order number n, the same one every time it is asked: most are on time, some are disordered by seconds, some are late by
 * minutes; keys, fields and whole values are missing now and then, and a field's name contains a period.
 */
final class OrderGenerator {
    /** No order is later than this, so that a node scheduled a quarter of an hour after its window sees all of them. */
    static final Duration LATENESS_MAX = Duration.ofMinutes(10);

    private static final long SEED = 20221122;
    private static final int TOMBSTONE_EVERY = 4_999;
    private static final int KEYLESS_EVERY = 97;
    private static final int BAD_JSON_EVERY = 1_009;
    private static final List<String> PRODUCTS =
            List.of("anchor", "buoy", "chart", "compass", "lantern", "rope", "sail");
    private static final List<String> CITIES = List.of("Hangzhou", "Hamburg", "Adelaide", "Valparaíso", "Ōsaka");

    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param timestamp when it was ordered, which may be before it was sent
     * @param key null now and then
     * @param value null for a tombstone; not JSON when asked for bad ones
     */
    record Order(
            Instant timestamp,
            @Nullable String key,
            @Nullable String value) {}

    /**
     * @param number counts the orders of the topic from 0
     * @param sentAt when the producer sends it
     * @param withBadJson whether one in {@value #BAD_JSON_EVERY} values may be no JSON
     */
    Order order(long number, Instant sentAt, boolean withBadJson) {
        Random random = new Random(SEED + number * 0x9E3779B97F4A7C15L);
        Instant timestamp = sentAt.minus(delay(random));
        String key = number % KEYLESS_EVERY == 13 ? null : "customer-" + random.nextInt(5_000);
        String value;
        if (number % TOMBSTONE_EVERY == 17) {
            value = null;
        } else if (withBadJson && number % BAD_JSON_EVERY == 23) {
            value = "{\"order_id\": " + number + ", \"customer\": {\"id\": 17";
        } else {
            value = document(number, timestamp, random).toString();
        }
        return new Order(timestamp, key, value);
    }

    private static Duration delay(Random random) {
        int dice = random.nextInt(100);
        if (dice < 70) {
            return Duration.ZERO;
        }
        if (dice < 97) {
            return Duration.ofMillis(random.nextInt(30_000));
        }
        return Duration.ofMillis(random.nextLong(LATENESS_MAX.toMillis()));
    }

    private ObjectNode document(long number, Instant timestamp, Random random) {
        ObjectNode order = json.createObjectNode();
        order.put("order_id", number);
        order.put("ordered_at", timestamp.toString());
        order.putObject("customer")
                .put("id", random.nextInt(5_000))
                .put("city", CITIES.get(random.nextInt(CITIES.size())));
        order.put("amount", BigDecimal.valueOf(100 + random.nextInt(100_000), 2));
        if (random.nextInt(10) == 0) {
            order.putNull("coupon");
        } else if (random.nextInt(10) == 0) {
            order.put("coupon", "SPRING" + random.nextInt(100));
        }
        var items = order.putArray("items");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            items.addObject()
                    .put("product", PRODUCTS.get(random.nextInt(PRODUCTS.size())))
                    .put("quantity", 1 + random.nextInt(5));
        }
        order.put("trace.id", Long.toHexString(random.nextLong()));
        return order;
    }
}
