package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;

/** Watches one try of one slice. Called by the thread that maps it, but for {@link #passed}. */
public interface SliceObserver {
    /**
     * Called after each batch of records, and ten times a second while the thread waits.
     *
     * @param counts sums since this try began
     * @param position the offset behind those that were mapped
     * @throws EngineFailure to end the try, as when another slice failed
     */
    void advanced(SliceCounts counts, long position) throws EngineFailure;

    /**
     * Called for each record that does not convert.
     *
     * @throws EngineFailure to end the try, when there are too many
     */
    void dirty(DirtyRecord record) throws EngineFailure;

    /**
     * Called by the thread that reads the slice, as records are read.
     *
     * @param bytes bytes of keys, values and headers since the last call
     * @return for how many nanoseconds to read on no further, because of the attempt's speed limit; 0 mostly
     */
    long passed(long bytes);
}
