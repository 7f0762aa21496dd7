package io.tidegate.web.live;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import io.tidegate.web.http.Problem;
import io.tidegate.web.http.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open lines of server-sent events. Each line asks its {@link LiveSource} at most twice a second, on threads that all
 * lines share, and sends only what has changed. A comment every 15 seconds keeps proxies from closing the line and finds out
 * that the browser is gone.
 */
public final class LiveStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

    private static final Duration BETWEEN_POLLS = Duration.ofMillis(500);
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);
    /** A few, so that one browser that reads slowly does not hold up the others. */
    private static final int THREADS = 4;

    private final int streamsMax;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor;

    /** @param streamsMax how many lines may be open at the same time */
    public LiveStreams(int streamsMax) {
        this.streamsMax = streamsMax;
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor pool =
                (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(THREADS, task -> {
                    Thread thread = new Thread(task, "live-stream-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.setRemoveOnCancelPolicy(true);
        this.executor = pool;
    }

    /**
     * Keeps the line open and feeds it until the browser leaves, the source ends or the session does.
     *
     * @param stillAllowed asked with every heartbeat; the line is closed when it says no
     */
    public void open(Context ctx, LiveSource source, BooleanSupplier stillAllowed) {
        String accept = ctx.header("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            throw new ProblemException(
                    Problem.of(406, "not-acceptable", "Not acceptable", "Ask for it with Accept: text/event-stream."));
        }
        if (taken.incrementAndGet() > streamsMax) {
            taken.decrementAndGet();
            throw new ProblemException(
                    Problem.of(
                            503,
                            "too-many-streams",
                            "Too many live streams",
                            "All " + streamsMax
                                    + " live streams of this server are open. Close a tab, or reload later."),
                    Map.of("Retry-After", "30"));
        }
        try {
            // Proxies such as nginx collect answers before they pass them on, unless told otherwise.
            ctx.header("X-Accel-Buffering", "no");
            ctx.disableCompression();
            new SseHandler(0L, client -> begin(client, source, stillAllowed)).handle(ctx);
        } catch (RuntimeException e) {
            taken.decrementAndGet();
            throw e;
        }
    }

    private void begin(SseClient client, LiveSource source, BooleanSupplier stillAllowed) {
        client.keepAlive();
        LiveStream stream = new LiveStream(client, source, stillAllowed, BETWEEN_HEARTBEATS);
        open.add(stream);
        client.onClose(() -> left(stream));
        stream.follow(
                executor.scheduleWithFixedDelay(stream::poll, 0, BETWEEN_POLLS.toMillis(), TimeUnit.MILLISECONDS));
        log.debug("Live stream opened, {} open", taken.get());
    }

    private void left(LiveStream stream) {
        if (open.remove(stream)) {
            stream.cancel();
            log.debug("Live stream closed, {} open", taken.decrementAndGet());
        }
    }

    /** How many lines are open. */
    public int count() {
        return open.size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        open.forEach(LiveStream::end);
    }
}
