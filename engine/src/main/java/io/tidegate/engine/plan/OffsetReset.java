package io.tidegate.engine.plan;

/** What a plan does where its begin is not there: expired, behind the log end, or never committed by the group. */
public enum OffsetReset {
    /** There is no plan: the copy fails and says which partition. */
    NONE,
    /** Reads from the first record that is left, and says so. */
    EARLIEST,
    /** Reads nothing of what is in the log, and says so. */
    LATEST
}
