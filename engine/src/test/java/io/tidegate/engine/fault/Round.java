package io.tidegate.engine.fault;

import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt meets.
 *
 * @param faults set before it starts
 * @param blow what strikes it; null when it runs to its end
 * @param brokerRestartMillis so long after its start the broker is stopped and started again; null: it is not
 * @param diskFull whether the side file of dirty records is on a disk that is full
 * @param rerunAfter whether the user reruns by hand what was not a success, after some more records have come
 */
record Round(
        List<Fault> faults,
        @Nullable Blow blow,
        @Nullable Integer brokerRestartMillis,
        boolean diskFull,
        boolean rerunAfter) {
    static final Round CALM = new Round(List.of(), null, null, false, false);

    Round {
        faults = List.copyOf(faults);
    }

    /** What happens to an attempt that stands at a step. */
    enum End {
        /** As {@code kill -9}. What it had sent arrives at once. */
        KILL,
        /** The same; what it had sent arrives when the next attempt is over. */
        KILL_ARRIVES_LATE,
        /** It stands still, is given up, and goes on while the next attempt runs. */
        FREEZE,
        /** The same, and goes on when all is over. */
        FREEZE_FOR_LONG
    }

    /** A step, and what happens there. */
    record Blow(Step step, End end) {}
}
