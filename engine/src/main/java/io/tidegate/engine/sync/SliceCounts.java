package io.tidegate.engine.sync;

/** Sums of records so far. */
public record SliceCounts(long read, long written, long filtered, long dirty, long bytes) {
    static final SliceCounts NONE = new SliceCounts(0, 0, 0, 0, 0);

    SliceCounts plus(SliceCounts other) {
        return new SliceCounts(
                read + other.read,
                written + other.written,
                filtered + other.filtered,
                dirty + other.dirty,
                bytes + other.bytes);
    }
}
