package io.tidegate.scheduler.duty;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens instances at the moment they are due, in a thread of its own on each server. The duty that looks once a second does the
 * same and more; without this one an instance would start half a second late on average. Several servers do not get into each
 * other's way, and none of them is needed.
 */
public final class PunctualOpening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PunctualOpening.class);
    /** What becomes due sooner than it was known. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final OpenDueInstances opening;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    public PunctualOpening(OpenDueInstances opening, InstantSource clock) {
        this.opening = opening;
        this.clock = clock;
        this.thread = new Thread(this::openUntilClosed, "punctual-opening");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Waits for what it is opening. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openUntilClosed() {
        try {
            while (!closed.await(step().toNanos(), TimeUnit.NANOSECONDS)) {
                // The step is all there is to do.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait before the next look. */
    private Duration step() {
        try {
            Instant now = clock.instant();
            opening.openWhatIsDue();
            // After what was due before the look began; what came due during it is next and waits no time.
            Duration next = opening.nextDue(now)
                    .map(due -> Duration.between(clock.instant(), due))
                    .orElse(LOOK_EVERY);
            return next.isNegative() ? Duration.ZERO : next.compareTo(LOOK_EVERY) < 0 ? next : LOOK_EVERY;
        } catch (RuntimeException e) {
            LOG.debug("Looks again after: {}", e.toString());
            return LOOK_EVERY;
        }
    }
}
