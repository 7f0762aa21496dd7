package io.tidegate.scheduler.backfill;

import java.util.Locale;

/** What can happen to a backfill. */
public enum BackfillEvent {
    /** A user holds it. */
    PAUSE,
    /** A user lets it go on. */
    RESUME,
    /** A user wants nothing more of it to begin; what runs is left alone. */
    CANCEL_SUBMISSION,
    /** A user wants what runs to be stopped, and nothing more to begin. */
    STOP_RUNNING,
    /** An instance failed, and the backfill is to stop then. */
    HALT,
    /** What failed has been mended. */
    MEND,
    /** Its last business date is over. */
    FINISH;

    /** The word for it in the audit trail and in URLs, e.g. {@code cancel-submission}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
