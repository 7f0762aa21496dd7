package io.tidegate.scheduler.backfill;

/** What a backfill does when an instance fails and no automatic rerun follows. */
public enum OnFailure {
    /** Goes on; what waits for the failed instance stays behind. */
    CONTINUE,
    /** Begins no further business date until the instance succeeds, or a user resumes the backfill. */
    STOP
}
