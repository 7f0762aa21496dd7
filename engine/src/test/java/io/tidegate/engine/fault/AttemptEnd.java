package io.tidegate.engine.fault;

import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a child process ended.
 *
 * @param kind SUCCEEDED, CANCELLED, FENCED, or the name of a failure kind
 */
record AttemptEnd(
        String kind,
        String message,
        boolean retryable,
        @Nullable Receipt receipt) {
    static final String FILE = "end.json";
    static final String SUCCEEDED = "SUCCEEDED";

    static AttemptEnd of(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Succeeded succeeded) {
            return new AttemptEnd(SUCCEEDED, "", false, succeeded.receipt());
        }
        return outcome instanceof RunOutcome.Failed failed
                ? new AttemptEnd(failed.kind().name(), failed.message(), failed.retryable(), null)
                : new AttemptEnd("CANCELLED", "", false, null);
    }

    static AttemptEnd fenced(String message) {
        return new AttemptEnd("FENCED", message, false, null);
    }
}
