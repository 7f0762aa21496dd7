package io.tidegate.scheduler.cycle;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the clocks does to one time of a cycle.
 *
 * @param wall the time as the cycle has it
 * @param effect what happens to it
 * @param runsAt when it runs instead; null when it is left out
 */
public record ClockChange(
        LocalDateTime wall, Effect effect, @Nullable ScheduledTime runsAt) {

    /** The three things that can happen. */
    public enum Effect {
        /** The clocks skip this time: it runs at the first instant after the gap. */
        MOVED,
        /** The clocks skip this time, and the series goes on within its interval without it. */
        LEFT_OUT,
        /** The clocks show this time twice: it runs the first time only. */
        RUNS_ONCE
    }
}
