package io.tidegate.scheduler.dispatch;

/** Why a running attempt was told to end before it was done. The first reason stays. */
enum StopReason {
    /** A user asked. */
    ASKED,
    /** It ran longer than its node allows. */
    TIMEOUT,
    /** The lease is gone: another attempt may be running already. */
    LEASE_LOST,
    /** The server goes down; another worker shall take over. */
    SHUTDOWN
}
