package io.tidegate.web.live;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open line. Polled by one thread at a time. */
final class LiveStream {
    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

    private final SseClient client;
    private final LiveSource source;
    private final BooleanSupplier stillAllowed;
    private final long heartbeatNanos;
    private long lastHeartbeat;
    private volatile @Nullable Future<?> polling;
    private volatile boolean over;

    LiveStream(SseClient client, LiveSource source, BooleanSupplier stillAllowed, Duration betweenHeartbeats) {
        this.client = client;
        this.source = source;
        this.stillAllowed = stillAllowed;
        this.heartbeatNanos = betweenHeartbeats.toNanos();
        // The first one is due at once: until something comes, a browser takes the line for not yet open.
        this.lastHeartbeat = System.nanoTime() - heartbeatNanos;
    }

    void follow(Future<?> scheduled) {
        polling = scheduled;
        if (over) {
            scheduled.cancel(false);
        }
    }

    void poll() {
        if (over) {
            return;
        }
        try {
            source.poll(client::sendEvent);
            heartbeat();
        } catch (RuntimeException e) {
            // The browser opens the line again by itself and then gets a proper answer.
            log.warn("A live stream of {} broke off", client.ctx().path(), e);
            end();
        }
        if (client.terminated()) {
            end();
        }
    }

    private void heartbeat() {
        if (System.nanoTime() - lastHeartbeat < heartbeatNanos) {
            return;
        }
        lastHeartbeat = System.nanoTime();
        if (stillAllowed.getAsBoolean()) {
            client.sendComment("still here");
        } else {
            end();
        }
    }

    /** Closes the line; its close callback does the rest. */
    void end() {
        if (!over) {
            over = true;
            client.close();
        }
    }

    void cancel() {
        over = true;
        Future<?> scheduled = polling;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
