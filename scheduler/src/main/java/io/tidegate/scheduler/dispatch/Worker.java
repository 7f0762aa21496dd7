package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.NodeRunner;
import io.tidegate.scheduler.instance.Channels;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting instances and runs them.
 *
 * <ol>
 *   <li>{@link #start}: from now on it claims, woken by PostgreSQL and once a second besides;
 *   <li>each attempt runs in a thread of its own, at most {@link WorkerSettings#threads()} at once;
 *   <li>{@link #close}: claims no more and lets what runs go on for {@link WorkerSettings#drain()}; then asks it to end, and
 *       hands over what obeys to the other workers at once; what does not end within the grace is recovered when its lease is
 *       over.
 * </ol>
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long POLL_MS = 1000;
    private static final long HEART_MS = 250;
    /** While more waits than there are threads: what ends within this time is replaced by one claim. */
    private static final long GATHER_MS = 10;

    private final WorkerSettings settings;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Claims claims;
    private final AttemptRun run;
    private final Heartbeats heartbeats;
    private final WorkerPresence presence;
    private final Semaphore wakeUps = new Semaphore(0);
    private final @Nullable Notifications notifications;
    private final Executor executor;
    private final ExecutorService threads;
    private final ExecutorService heart;
    private final Thread claimer;
    private volatile boolean closing;
    /** Whether the last claim took as many as there were threads for, so that more may wait. */
    private volatile boolean full;

    /**
     * @param listenOn gives the one connection it listens on, kept for good; not the pool
     * @param connections how runs reach the data sources they name
     */
    public Worker(
            WorkerSettings settings,
            Jdbi jdbi,
            DataSource listenOn,
            NodeRunner runner,
            Connections connections,
            InstantSource clock) {
        this(settings, jdbi, listenOn, runner, connections, clock, null);
    }

    /** For tests: without notifications, and attempts run where {@code executor} says. */
    Worker(
            WorkerSettings settings,
            Jdbi jdbi,
            @Nullable DataSource listenOn,
            NodeRunner runner,
            Connections connections,
            InstantSource clock,
            @Nullable Executor runIn) {
        String name = settings.name().text();
        this.settings = settings;
        this.jdbi = jdbi;
        this.clock = clock;
        this.claims = new Claims(jdbi, settings.resourceGroups(), settings.lease(), clock);
        var endings = new AttemptEndings(jdbi, settings.lease(), clock);
        this.run = new AttemptRun(runner, new RunRequests(connections), endings, "worker " + name, clock);
        this.heartbeats = new Heartbeats(jdbi, settings.lease(), clock);
        this.presence = new WorkerPresence(settings, jdbi, clock);
        // Threads are made when they are first needed, so that an unused pool costs nothing.
        this.threads = Executors.newFixedThreadPool(settings.threads(), named(name + "-run"));
        this.executor = runIn == null ? threads : runIn;
        this.notifications = listenOn == null
                ? null
                : new Notifications(
                        listenOn,
                        name + "-listen",
                        Map.of(Channels.WORK, this::wakeUp, Channels.STOP, () -> guarded(heartbeats::lookForStops)));
        this.heart = Executors.newFixedThreadPool(4, named(name + "-heart"));
        this.claimer = new Thread(this::claimUntilClosed, name + "-claim");
    }

    public void start() {
        // In threads of their own: a slow write of a log must not cost a lease, nor a slow database the look at the
        // clock.
        heart.execute(() -> repeat(heartbeats::watch));
        heart.execute(() -> repeat(heartbeats::tick));
        heart.execute(() -> repeat(heartbeats::flushJournals));
        heart.execute(() -> repeat(() -> presence.tick(heartbeats.running())));
        if (notifications != null) {
            notifications.start();
        }
        claimer.start();
        LOG.info(
                "Worker {} takes up to {} attempts at once, of {}.",
                settings.name(),
                settings.threads(),
                settings.resourceGroups().isEmpty() ? "all resource groups" : settings.resourceGroups());
    }

    /**
     * Claims what is free to claim and starts it.
     *
     * @return how many were started
     */
    public int tick() {
        int free = settings.threads() - heartbeats.running();
        if (closing || free <= 0) {
            return 0;
        }
        List<RunningAttempt> claimed = claims.claim(settings.name(), free).stream()
                .map(c -> new RunningAttempt(c, new DatabaseJournal(jdbi, c, settings.journal(), clock)))
                .toList();
        full = claimed.size() == free;
        claimed.forEach(heartbeats::begins);
        claimed.forEach(attempt -> executor.execute(() -> runAndForget(attempt)));
        return claimed.size();
    }

    /** How many attempts it runs now. */
    public int running() {
        return heartbeats.running();
    }

    /** Visible for tests: what beats every quarter of a second. */
    void beat() {
        heartbeats.watch();
        heartbeats.tick();
        heartbeats.flushJournals();
    }

    @Override
    public void close() {
        closing = true;
        wakeUp();
        if (notifications != null) {
            notifications.close();
        }
        try {
            // Not for ever: it may wait for a database that does not answer.
            claimer.join(settings.shutdownGrace().toMillis());
            guarded(() -> presence.drains(heartbeats.running()));
            drain();
            heartbeats.stopAll(StopReason.SHUTDOWN);
            if (!threads.awaitTermination(settings.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} attempts did not end in time; they are recovered when their lease is over.", running());
                heartbeats.stopAll(StopReason.LEASE_LOST);
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            heart.shutdownNow();
            presence.leaves();
        }
    }

    private void drain() throws InterruptedException {
        threads.shutdown();
        if (heartbeats.running() > 0 && settings.drain().toMillis() > 0) {
            LOG.info(
                    "Worker {} claims no more and gives {} running attempts {} s to end.",
                    settings.name(),
                    heartbeats.running(),
                    settings.drain().toSeconds());
        }
        if (!threads.awaitTermination(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.info("Worker {} hands over {} attempts.", settings.name(), heartbeats.running());
        }
    }

    private void runAndForget(RunningAttempt attempt) {
        try {
            run.run(attempt);
        } finally {
            heartbeats.ends(attempt);
            wakeUp();
        }
    }

    private void claimUntilClosed() {
        while (!closing) {
            guarded(this::tick);
            try {
                if (wakeUps.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
                    if (full) {
                        Thread.sleep(GATHER_MS);
                    }
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void repeat(Runnable step) {
        try {
            while (!heart.isShutdown()) {
                guarded(step);
                Thread.sleep(HEART_MS);
            }
        } catch (InterruptedException e) {
            // Closed: nothing is left to beat for.
            Thread.currentThread().interrupt();
        }
    }

    private void wakeUp() {
        wakeUps.release();
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn("Worker {} goes on after: {}", settings.name(), e.toString());
        }
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
