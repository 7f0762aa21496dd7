package io.tidegate.app.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a command alive until the process is asked to stop (SIGTERM, Ctrl-C); the process then waits until the command has
 * closed what it opened. Open it first, so that it closes last:
 *
 * <pre>{@code
 * try (Shutdown shutdown = Shutdown.onSignal();
 *         Sandbox sandbox = Sandbox.start(data)) {
 *     shutdown.await();
 * }
 * }</pre>
 */
public final class Shutdown implements AutoCloseable {
    /** Longer than any close takes; after it the process ends whatever is still open. */
    private static final long CLOSE_SECONDS_MAX = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Shutdown() {}

    public static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
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
        try {
            boolean inTime = closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("Not everything closed within " + CLOSE_SECONDS_MAX + " s; stopping all the same.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
