package io.tidegate.engine.sync;

import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.receipt.Timings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What copying one slice came to: {@code read = written + before + after + dirty}.
 *
 * @param slice what was read
 * @param blocks ids of the blocks that hold its rows; a slice without rows has none
 * @param read records read
 * @param written rows in the block
 * @param before records left out because they are older than the window
 * @param after records left out because they are at or after its end
 * @param dirty records left out because they do not convert
 * @param bytes bytes of keys, values and headers read
 * @param checksum sum of the rows' hashes
 * @param minTimestamp smallest timestamp among the rows in milliseconds since 1970, null when there are none
 * @param maxTimestamp largest timestamp among the rows, null when there are none
 * @param shortened how many values of which columns were too long and were cut or left out
 * @param timings where the time went
 * @param late records of older windows that were found late; they are among the ones before or, where the plan includes them,
 *     among the written or dirty ones
 */
public record SliceResult(
        PlanSlice slice,
        List<Long> blocks,
        long read,
        long written,
        long before,
        long after,
        long dirty,
        long bytes,
        long checksum,
        @Nullable Long minTimestamp,
        @Nullable Long maxTimestamp,
        Map<String, Long> shortened,
        Timings timings,
        LateFound late) {
    public SliceResult {
        blocks = List.copyOf(blocks);
        shortened = Map.copyOf(shortened);
    }

    /** The same, with at most so many runs of late records. */
    SliceResult withLateRuns(int most) {
        return late.runs().size() <= most
                ? this
                : new SliceResult(
                        slice,
                        blocks,
                        read,
                        written,
                        before,
                        after,
                        dirty,
                        bytes,
                        checksum,
                        minTimestamp,
                        maxTimestamp,
                        shortened,
                        timings,
                        late.withRuns(most));
    }
}
