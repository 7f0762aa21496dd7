package io.tidegate.engine.sync;

import io.tidegate.engine.receipt.LateRun;
import java.util.List;

/**
 * Late records that were found.
 *
 * @param records how many there were
 * @param unlisted how many of them no run names, because there were too many runs
 * @param runs where they are, at most {@link #RUNS_MAX}
 */
public record LateFound(long records, long unlisted, List<LateRun> runs) {
    /** Of one attempt. They are kept in memory, in the prepared commit and in the ledger. */
    static final int RUNS_MAX = 10_000;

    public LateFound {
        runs = List.copyOf(runs);
    }

    /** The same with the first runs only. */
    LateFound withRuns(int most) {
        if (runs.size() <= most) {
            return this;
        }
        List<LateRun> kept = runs.subList(0, most);
        return new LateFound(
                records, records - kept.stream().mapToLong(LateRun::count).sum(), kept);
    }
}
