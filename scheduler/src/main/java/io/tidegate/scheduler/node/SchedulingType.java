package io.tidegate.scheduler.node;

/** What happens when an instance of the node is due. */
public enum SchedulingType {
    /** It runs. */
    NORMAL,
    /** It is frozen: it does not run, and its children wait. */
    PAUSE,
    /** It succeeds at once without running, and its children go on. */
    DRY_RUN
}
