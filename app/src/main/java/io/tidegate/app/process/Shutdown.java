package io.tidegate.app.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a command alive until the process is asked to stop (SIGTERM, Ctrl-C); the process then waits until the command has
 * closed what it opened. Asked a second time, it ends at once. Open it first, so that it closes last:
 *
 * <pre>{@code
 * try (Shutdown shutdown = Shutdown.onSignal();
 *         Sandbox sandbox = Sandbox.start(data)) {
 *     shutdown.await();
 * }
 * }</pre>
 */
public final class Shutdown implements AutoCloseable {
    /** Longer than any close takes beside the draining; after it the process ends whatever is still open. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(60);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Duration closeMax;

    private Shutdown(Duration closeMax) {
        this.closeMax = closeMax;
    }

    public static Shutdown onSignal() {
        return onSignal(Duration.ZERO);
    }

    /**
     * @param drain how long closing may wait for work to end by itself
     */
    public static Shutdown onSignal(Duration drain) {
        Shutdown shutdown = new Shutdown(CLOSE_MAX.plus(drain));
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::askAndWait, "shutdown"));
        return shutdown;
    }

    /** Blocks until the process is asked to stop. */
    public void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void askAndWait() {
        asked.countDown();
        SecondSignal.endsAtOnce();
        try {
            boolean inTime = closed.await(closeMax.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                System.err.println(
                        "Not everything closed within " + closeMax.toSeconds() + " s; stopping all the same.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
