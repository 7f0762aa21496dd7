package io.tidegate.scheduler.backfill;

/** Whether a backfill goes on. How far it is, its instances say. */
public enum BackfillState {
    /** Business dates begin one after another. */
    RUNNING,
    /** A user holds back whatever has not begun. */
    PAUSED,
    /** An instance failed and the backfill is to stop then: no further date begins before that is mended. */
    HALTED,
    /** A user called it off: what has not begun never will. What runs may go on to its end. */
    CANCELLED,
    /** Every business date is over. */
    DONE;

    /** Whether nothing brings it to another state. */
    public boolean isOver() {
        return this == CANCELLED || this == DONE;
    }
}
