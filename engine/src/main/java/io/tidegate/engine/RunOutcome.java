package io.tidegate.engine;

import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface RunOutcome {

    /**
     * @param receipt what was copied; null for nodes that copy nothing
     * @param late late records that were found, in no order; the receipt names only the first of them
     */
    record Succeeded(@Nullable Receipt receipt, List<LateRun> late) implements RunOutcome {
        public Succeeded {
            late = List.copyOf(late);
        }

        /** A success that found nothing late. */
        public Succeeded(@Nullable Receipt receipt) {
            this(receipt, List.of());
        }
    }

    /**
     * @param kind what sort of failure
     * @param message what happened and what the user can do, in the user's words
     * @param retryable whether another attempt of the same code can end otherwise
     */
    record Failed(FailureKind kind, String message, boolean retryable) implements RunOutcome {}

    /** Stopped on request; nothing became visible. */
    record Cancelled() implements RunOutcome {}

    /** What sort of failure, for alerts and statistics. */
    enum FailureKind {
        /** The code is wrong: it names an unknown field, a column that is not there, a malformed time. */
        BAD_DOCUMENT,
        /** A server cannot be reached or refuses the login. */
        CONNECTION,
        /** The topic, table or partition is not there or differs from what the code expects. */
        MISSING_OBJECT,
        /** Records of the window have already been deleted from Kafka, or carry no timestamps. */
        DATA_EXPIRED,
        /** More dirty records than the job allows. */
        DIRTY_LIMIT,
        /** Reading or writing broke off. */
        TRANSFER,
        /** The counts do not add up; nothing was committed. */
        COUNT_MISMATCH,
        /**
         * Whether the rows of an earlier attempt are in the table cannot be found out. Only a user can look; running the
         * instance again by hand says that they are not.
         */
        COMMIT_UNKNOWN,
        /** Nothing moved for longer than the stall limit. */
        STALLED,
        /** A defect of Tidegate. */
        INTERNAL
    }
}
