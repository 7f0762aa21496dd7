package io.tidegate.scheduler.dispatch;

import java.time.Duration;

/**
 * How much of an attempt's journal is kept, and how soon it can be seen.
 *
 * @param flushAfter how long a log line may wait in memory
 * @param chunkBytes how many bytes of lines are written at once
 * @param logBytesMax how much log is kept: the first half and the newest half
 * @param progressEvery how often progress is written at most
 * @param dirtyRecordsMax how many dirty records are kept
 */
public record JournalLimits(
        Duration flushAfter, int chunkBytes, long logBytesMax, Duration progressEvery, int dirtyRecordsMax) {
    public static final JournalLimits DEFAULT =
            new JournalLimits(Duration.ofMillis(500), 16 << 10, 64L << 20, Duration.ofMillis(500), 10_000);
}
