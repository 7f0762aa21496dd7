package io.tidegate.scheduler.instance;

/** Where an attempt stands. Only RUNNING is open; the others never change. */
public enum AttemptState {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Stopped by a user. */
    STOPPED,
    /** Its worker vanished, shut down or lost the lease. */
    LOST
}
