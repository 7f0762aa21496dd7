package io.tidegate.scheduler.readiness;

/**
 * Why an instance is not running, or what it waits for.
 *
 * @param code for programs
 * @param sentence for people: what holds it, and what would make it run
 */
public record Readiness(Code code, String sentence) {

    /** The reasons, each with its own sentence. */
    public enum Code {
        WAITS_FOR_PARENTS,
        PARENT_FAILED,
        PARENT_FROZEN,
        PARENTS_DONE_NOT_NOTICED,
        WAITS_FOR_TIME,
        WAITS_FOR_RETRY,
        DUE_NOT_NOTICED,
        PARENT_NOT_PLANNED,
        FROZEN,
        WAITS_FOR_NODE_SLOT,
        WAITS_FOR_SLOT,
        NO_WORKER,
        WAITS_FOR_BACKFILL,
        BACKFILL_PAUSED,
        BACKFILL_CANCELLED,
        SLOT_FREE,
        RUNNING,
        LEASE_RUN_OUT,
        DONE
    }
}
