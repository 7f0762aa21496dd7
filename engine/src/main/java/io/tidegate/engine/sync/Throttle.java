package io.tidegate.engine.sync;

import java.util.function.LongSupplier;

/**
 * The speed limit of an attempt, shared by the threads of all its slices, however many of them run. Time that was not used
 * is saved up for a quarter of a second and no longer, so that the limit holds over any ten seconds.
 */
final class Throttle {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long SAVED_NANOS_MAX = SECOND_NANOS / 4;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long freeAtNanos;

    /**
     * @param bytesPerSecond 0 for no limit
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    Throttle(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.freeAtNanos = nanoTime.getAsLong();
    }

    /**
     * Books bytes that have passed.
     *
     * @return for how many nanoseconds the caller must let nothing more pass; 0 for none
     */
    long passed(long bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long cost = (long) ((double) bytes / bytesPerSecond * SECOND_NANOS);
        synchronized (this) {
            long now = nanoTime.getAsLong();
            freeAtNanos = Math.max(freeAtNanos, now - SAVED_NANOS_MAX) + cost;
            return Math.max(0, freeAtNanos - now);
        }
    }
}
