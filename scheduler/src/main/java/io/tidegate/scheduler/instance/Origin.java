package io.tidegate.scheduler.instance;

/** Why an instance exists. */
public enum Origin {
    /** Its node's cycle came round. */
    CYCLE,
    /** A user asked for a range of times that had passed, or will come. */
    BACKFILL,
    /** A user tried one scheduled time of a node. */
    TEST,
    /** A user ran a node that has no cycle. */
    MANUAL
}
