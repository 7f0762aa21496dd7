package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that will happen in the coming year of a schedule.
 *
 * @param count how often, among the times that were looked at
 * @param firstRun the scheduled time at which it first happens, on the wall clock of the workspace's zone; null when there is
 *     no run at all
 * @param from where the first of it begins, in the zone of the windows: of a gap or an overlap, its start; null where it has no
 *     such bounds
 * @param to where the first of it ends
 * @param place the partition it is about, or null
 * @param finding the same in words, and how much it weighs
 */
public record OutlookFinding(
        Kind kind,
        int count,
        @Nullable LocalDateTime firstRun,
        @Nullable LocalDateTime from,
        @Nullable LocalDateTime to,
        @Nullable String place,
        Finding finding) {

    /** What it is. */
    public enum Kind {
        /** There is no run in the coming year. */
        NO_RUN,
        /** Months lack a day that is chosen, and have no run for it. */
        DAY_MISSING,
        /** A window's bound is no time. */
        NO_WINDOW,
        /** A window ends before it begins, or at the same moment. */
        EMPTY_WINDOW,
        /** A window ends after its run: not all of its records are there. */
        ENDS_AFTER_RUN,
        /** Between two windows records are copied by no run. */
        GAP,
        /** Two windows share records, which are copied twice. */
        OVERLAP,
        /** The same as a gap, only where the clocks change between two runs. */
        CLOCK_GAP,
        /** The same as an overlap, only where the clocks change between two runs. */
        CLOCK_OVERLAP,
        /** A run replaces what an earlier one wrote. */
        PARTITION_REPLACED,
        /** The value of a partition key is empty. */
        PARTITION_EMPTY
    }
}
