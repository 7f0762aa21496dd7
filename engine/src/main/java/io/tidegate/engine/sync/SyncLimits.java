package io.tidegate.engine.sync;

import io.tidegate.engine.kafka.KafkaAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a copy gives up or goes another way, and what it may touch.
 *
 * @param stall a partition that does not move for so long fails the copy
 * @param blockIdle a block that gets no row for so long is ended and another one begun
 * @param sliceTries how often a slice is copied before its failure fails the attempt, at least 1
 * @param retryPause pause before the second try of a slice; doubled before the third
 * @param ownFiles whether documents may name files of this machine, as key stores: only where whoever runs them could read
 *     the files anyway
 * @param dirtyFiles where dirty records are written down, all of them; null for nowhere
 */
public record SyncLimits(
        Duration stall,
        Duration blockIdle,
        int sliceTries,
        Duration retryPause,
        boolean ownFiles,
        @Nullable DirtyFiles dirtyFiles) {
    /** The service ends idle connections after two minutes. */
    private static final Duration BLOCK_IDLE = Duration.ofSeconds(60);

    public static final SyncLimits DEFAULT =
            new SyncLimits(KafkaAccess.STALL_LIMIT, BLOCK_IDLE, 3, Duration.ofSeconds(1), false, null);

    /** The same, failing after another time without movement. */
    public SyncLimits withStall(Duration limit) {
        return new SyncLimits(limit, blockIdle, sliceTries, retryPause, ownFiles, dirtyFiles);
    }

    /** The same, ending idle blocks after another time. */
    public SyncLimits withBlockIdle(Duration idle) {
        return new SyncLimits(stall, idle, sliceTries, retryPause, ownFiles, dirtyFiles);
    }

    /** The same, trying slices otherwise often. */
    public SyncLimits withSliceTries(int tries, Duration pause) {
        return new SyncLimits(stall, blockIdle, tries, pause, ownFiles, dirtyFiles);
    }

    /** The same, with documents that may name files of this machine. */
    public SyncLimits withOwnFiles() {
        return new SyncLimits(stall, blockIdle, sliceTries, retryPause, true, dirtyFiles);
    }

    /** The same, with side files. */
    public SyncLimits withDirtyFiles(@Nullable DirtyFiles files) {
        return new SyncLimits(stall, blockIdle, sliceTries, retryPause, ownFiles, files);
    }
}
