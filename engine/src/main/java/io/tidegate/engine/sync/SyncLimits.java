package io.tidegate.engine.sync;

import io.tidegate.engine.kafka.KafkaAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a copy gives up or goes another way.
 *
 * @param stall a partition that does not move for so long fails the copy
 * @param blockIdle a block that gets no row for so long is ended and another one begun
 * @param sliceTries how often a slice is copied before its failure fails the attempt, at least 1
 * @param retryPause pause before the second try of a slice; doubled before the third
 * @param dirtyFiles where dirty records are written down, all of them; null for nowhere
 */
public record SyncLimits(
        Duration stall,
        Duration blockIdle,
        int sliceTries,
        Duration retryPause,
        @Nullable DirtyFiles dirtyFiles) {
    /** The service ends idle connections after two minutes. */
    private static final Duration BLOCK_IDLE = Duration.ofSeconds(60);

    public static final SyncLimits DEFAULT =
            new SyncLimits(KafkaAccess.STALL_LIMIT, BLOCK_IDLE, 3, Duration.ofSeconds(1), null);

    /** The same, with side files. */
    public SyncLimits withDirtyFiles(@Nullable DirtyFiles files) {
        return new SyncLimits(stall, blockIdle, sliceTries, retryPause, files);
    }
}
