package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;

/** Watches one try of one slice. Called by the thread that copies it. */
public interface SliceObserver {
    /**
     * Called after each poll with what it brought.
     *
     * @param counts sums since this try began
     * @param position the next offset to read
     * @throws EngineFailure to end the try, as when another slice failed
     */
    void advanced(SliceCounts counts, long position) throws EngineFailure;

    /**
     * Called for each record that does not convert.
     *
     * @throws EngineFailure to end the try, when there are too many
     */
    void dirty(DirtyRecord record) throws EngineFailure;
}
