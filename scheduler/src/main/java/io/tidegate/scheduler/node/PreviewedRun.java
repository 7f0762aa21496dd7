package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ClockChange;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled time to come: what each parameter will be then, what is read and where it is written.
 *
 * @param dryRun whether the instance succeeds without working
 * @param parameters in the user's order
 * @param copy what the code will do; null for nodes that copy nothing, and while the code cannot be read
 * @param problem why the code cannot be read with these values; null when it can, or when there is none to read
 * @param clockChange what a change of the clocks does to this time; null when nothing
 */
public record PreviewedRun(
        ScheduledTime scheduledTime,
        boolean dryRun,
        List<Value> parameters,
        @Nullable Copy copy,
        @Nullable String problem,
        @Nullable ClockChange clockChange) {
    /**
     * A parameter's value.
     *
     * @param value null when the expression cannot be evaluated
     * @param error why not, or null
     */
    public record Value(
            String name, @Nullable String value, @Nullable String error) {}

    /**
     * What a batch synchronization does at one scheduled time.
     *
     * @param begin of the window, included; null when no time begins it
     * @param end of the window, not included; null when no time ends it
     * @param zone in which the document means them
     * @param table where it writes
     * @param partition as {@code ds=20221121}; empty for a table without partitions
     */
    public record Copy(@Nullable Instant begin, @Nullable Instant end, ZoneId zone, String table, String partition) {}
}
