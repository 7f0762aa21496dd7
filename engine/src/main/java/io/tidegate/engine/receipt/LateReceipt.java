package io.tidegate.engine.receipt;

import io.tidegate.engine.plan.LatePolicy;
import java.util.List;

/**
 * What a copy found of older windows: records before its own window, behind the offset up to which the copy of the window
 * before had read.
 *
 * @param policy what became of them
 * @param records how many there were
 * @param unlisted how many of them no run names, because there were too many runs
 * @param runs where the first of them are, at most {@link #RUNS_MAX}
 */
public record LateReceipt(LatePolicy policy, long records, long unlisted, List<LateRun> runs) {
    /** More are for the ledger; a receipt is read by people. */
    public static final int RUNS_MAX = 200;

    public LateReceipt {
        runs = List.copyOf(runs);
    }
}
