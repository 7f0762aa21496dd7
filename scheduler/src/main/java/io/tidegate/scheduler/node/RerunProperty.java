package io.tidegate.scheduler.node;

/** Whether an instance may run again. */
public enum RerunProperty {
    ALLOWED,
    FAILURE_ONLY,
    DENIED
}
