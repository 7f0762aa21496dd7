package io.tidegate.scheduler.instance;

/** What must be written in the same transaction as the new state. */
public enum InstanceEffect {
    /** Set {@code started_at} to now, clear {@code finished_at}. */
    STARTS,
    /** Begin an attempt under the next epoch. */
    BEGINS_ATTEMPT,
    /** End the running attempt and raise the epoch, so that whatever its worker still sends is refused. */
    ENDS_ATTEMPT,
    /** Set {@code finished_at} to now. */
    FINISHES,
    /** Take one from the automatic reruns that are left, and set the earliest start of the next attempt. */
    SPENDS_AUTO_RERUN,
    /** Put the automatic reruns back to the node's number, the earliest start to the scheduled time, and clear {@code started_at} and {@code finished_at}. */
    STARTS_OVER,
    /** Look at the parents at once: an instance whose parents are done must not wait for an event that has passed. */
    LOOKS_AT_PARENTS,
    /** Tell the children. */
    OPENS_CHILDREN
}
