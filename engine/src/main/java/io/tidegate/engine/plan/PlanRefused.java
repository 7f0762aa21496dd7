package io.tidegate.engine.plan;

/** The broker's answers do not allow an exact plan. The message says why, in the user's words. */
public final class PlanRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why there is no plan. */
    public enum Reason {
        /** Records that the plan must read have been deleted, or may have been. */
        EXPIRED,
        /** Records carry no timestamps, so that they cannot be found by time. */
        NO_TIMESTAMPS,
        /** The topic is another one than it was, or lacks what the job names. */
        TOPIC_CHANGED,
        /** The consumer group stands nowhere in a partition. */
        NO_GROUP_OFFSET
    }

    PlanRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
