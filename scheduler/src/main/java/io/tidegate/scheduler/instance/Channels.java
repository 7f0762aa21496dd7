package io.tidegate.scheduler.instance;

/** PostgreSQL channels on which the servers wake each other. A message is a hint only: whoever misses it polls. */
public final class Channels {
    /** Something waits for a worker. */
    public static final String WORK = "tidegate_work";

    /** Somebody asked for a running attempt to stop. */
    public static final String STOP = "tidegate_stop";

    private Channels() {}
}
