package io.tidegate.scheduler.instance;

/** Where an instance stands. Frozen and dry-run are flags beside it: {@link InstanceFlags}. */
public enum InstanceState {
    /** A parent is unfinished, whatever the time. */
    NOT_RUN,
    /** Every parent is done; its time, or the time of its next attempt, has not come. */
    WAIT_TIME,
    /** Due: it runs as soon as a slot is free and it is not frozen. */
    WAIT_RESOURCE,
    /** An attempt holds a slot. */
    RUNNING,
    /** Done, also when it was a dry run or was set to success by hand. */
    SUCCESS,
    /** Its last attempt failed, or it was stopped. */
    FAILED;

    /** Whether nothing more happens to it until a user asks. */
    public boolean isTerminal() {
        return this == SUCCESS || this == FAILED;
    }
}
