package io.tidegate.scheduler.alert;

/** One for each {@link AlertCondition}. */
public enum AlertKind {
    FAILED,
    FAILED_AFTER_RERUNS,
    NOT_FINISHED_BY,
    RUNNING_LONGER,
    LATE_DATA,
    ROWS_OUTSIDE
}
