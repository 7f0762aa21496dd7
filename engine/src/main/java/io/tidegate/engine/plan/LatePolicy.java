package io.tidegate.engine.plan;

/** What becomes of a record that is found after the window it belongs to was copied. */
public enum LatePolicy {
    /** It is noted; a user decides. */
    REPORT,
    /** It is noted, and the window it belongs to is run again so that it reaches it. */
    REPAIR,
    /** It is written with the window in which it was found. */
    INCLUDE
}
