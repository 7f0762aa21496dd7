package io.tidegate.app.demo;

import io.tidegate.sandbox.orders.OrdersTopic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a few orders each second, as long as the demo runs, so that the next hour has something to copy. */
final class LiveOrders implements AutoCloseable {
    static final int PER_SECOND = 5;

    private static final Logger log = LoggerFactory.getLogger(LiveOrders.class);

    private final OrdersTopic topic;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-orders");
        thread.setDaemon(true);
        return thread;
    });
    private Instant sentUntil;

    LiveOrders(OrdersTopic topic, InstantSource clock) {
        this.topic = topic;
        this.clock = clock;
        this.sentUntil = clock.instant();
    }

    void start() {
        var unused = timer.scheduleAtFixedRate(this::send, 1, 1, TimeUnit.SECONDS);
    }

    private void send() {
        try {
            Instant now = clock.instant();
            topic.send(sentUntil, now, PER_SECOND, Instant.EPOCH);
            sentUntil = now;
        } catch (RuntimeException e) {
            // A broken second must not end the ones after it.
            log.warn("Live orders could not be sent; trying again in a second: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            boolean ended = timer.awaitTermination(10, TimeUnit.SECONDS);
            if (!ended) {
                log.warn("The live orders are still being sent; closing the topic all the same.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
