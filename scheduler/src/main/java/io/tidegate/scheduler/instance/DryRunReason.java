package io.tidegate.scheduler.instance;

/** Why an instance succeeds at its time without working. */
public enum DryRunReason {
    /** The node's scheduling type is DRY_RUN. */
    SCHEDULING_TYPE,
    /** The node works on chosen days, and this is another one. */
    NOT_A_CHOSEN_DAY,
    /** Nothing ran when it was due, and the catch-up policy lets it pass. A rerun makes it work after all. */
    MISSED,
    /** The node was left out of the backfill; its instance holds the order of the others. */
    EXCLUDED
}
