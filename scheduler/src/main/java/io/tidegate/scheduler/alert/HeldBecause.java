package io.tidegate.scheduler.alert;

/** Why a message is held back for a while. */
public enum HeldBecause {
    QUIET_HOURS,
    /** The rule has sent as many messages within the hour as it may. */
    LIMIT
}
