package io.tidegate.scheduler.instance;

import java.util.Locale;

/** What a user can do to an instance. In which situation is said by {@link OperationRules}. */
public enum InstanceOperation {
    /** One that waits fails at once, one that runs is told to end. */
    STOP,
    /** Runs it again from the start. */
    RERUN,
    /** The same, with instances that wait for it, directly or through others. */
    RERUN_WITH_DESCENDANTS,
    /** Counts a failed one as done. */
    SET_SUCCESS,
    /** Holds it back until it is unfrozen. */
    FREEZE,
    UNFREEZE,
    /** Lets it go without one of its parents, this once. */
    REMOVE_DEPENDENCY,
    CHANGE_PRIORITY,
    /** Waits no longer for its time. */
    RUN_NOW;

    /** The word for it in the audit trail and in URLs, e.g. {@code set-success}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
