package io.tidegate.engine.fault;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Waiting {
    private static final long LOOK_MILLIS = 3;

    /** Nothing here takes longer, unless it hangs. */
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private Waiting() {}

    static void until(BooleanSupplier done) {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing happened for " + AT_MOST);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
