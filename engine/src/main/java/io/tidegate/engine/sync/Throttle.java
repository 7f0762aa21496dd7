package io.tidegate.engine.sync;

import java.util.concurrent.locks.LockSupport;

/** Holds one thread back to a mean speed. Time that was not used is not saved up beyond a second. */
final class Throttle {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** So that a thread that is held back still notices a cancellation. */
    private static final long PAUSE_NANOS_MAX = SECOND_NANOS / 4;

    private final long bytesPerSecond;
    private long freeAtNanos = System.nanoTime();

    /**
     * @param bytesPerSecond 0 for no limit
     */
    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Books bytes that have passed. */
    void passed(long bytes) {
        if (bytesPerSecond > 0) {
            freeAtNanos = Math.max(freeAtNanos, System.nanoTime() - SECOND_NANOS)
                    + (long) ((double) bytes / bytesPerSecond * SECOND_NANOS);
        }
    }

    /** Sleeps a little when too much has passed; true when it did, and should be asked again. */
    boolean holdsBack() {
        long wait = freeAtNanos - System.nanoTime();
        if (bytesPerSecond == 0 || wait <= 0) {
            return false;
        }
        LockSupport.parkNanos(Math.min(wait, PAUSE_NANOS_MAX));
        return !Thread.currentThread().isInterrupted();
    }
}
