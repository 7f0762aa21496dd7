package io.tidegate.engine;

/**
 * What the plan of an attempt relied on has changed since it was made: committing what was read by it would put records into two
 * partitions. The commit must not be sent; the next attempt makes a new plan.
 */
public final class PlanOutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user: a whole sentence that says what has changed */
    public PlanOutdatedException(String message) {
        super(message);
    }
}
