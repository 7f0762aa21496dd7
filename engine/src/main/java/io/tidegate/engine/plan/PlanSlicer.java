package io.tidegate.engine.plan;

import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import java.util.ArrayList;
import java.util.List;

/** Cuts a plan into slices: at least one for each partition that is not empty, more for long ranges. */
public final class PlanSlicer {
    /** Below this a slice is not worth a connection and a block of its own. */
    static final long SLICE_OFFSETS_MIN = 200_000;

    /** Above this too much is read again when a slice fails. */
    static final long SLICE_OFFSETS_MAX = 2_000_000;

    /** The service takes block ids up to 19,999 and slows down clients that open more than 500 blocks in five minutes. */
    static final int SLICES_MAX = 5_000;

    /** So that a slow slice at the end does not leave the others idle for long. */
    private static final int SLICES_PER_THREAD = 4;

    private PlanSlicer() {}

    /**
     * The same plan and concurrency give the same slices.
     *
     * @param concurrent number of slices that run at the same time, at least 1
     */
    public static List<PlanSlice> slice(OffsetPlan plan, int concurrent) {
        long wanted = divideUp(plan.offsets(), (long) concurrent * SLICES_PER_THREAD);
        long target = Math.min(Math.max(wanted, SLICE_OFFSETS_MIN), SLICE_OFFSETS_MAX);
        long room = Math.max(1, SLICES_MAX - plan.partitions().size());
        target = Math.max(target, divideUp(plan.offsets(), room));
        List<PlanSlice> slices = new ArrayList<>();
        for (PartitionRange range : plan.partitions()) {
            cut(range, target, slices);
        }
        return slices;
    }

    private static void cut(PartitionRange range, long target, List<PlanSlice> slices) {
        long offsets = range.end() - range.begin();
        long parts = divideUp(offsets, target);
        for (long part = 0; part < parts; part++) {
            // Spread evenly: no part is longer than the target and none is a mere crumb.
            long begin = range.begin() + share(offsets, part, parts);
            long end = range.begin() + share(offsets, part + 1, parts);
            slices.add(new PlanSlice(slices.size(), range.partition(), begin, end));
        }
    }

    private static long share(long offsets, long part, long parts) {
        return offsets / parts * part + Math.min(part, offsets % parts);
    }

    private static long divideUp(long dividend, long divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }
}
