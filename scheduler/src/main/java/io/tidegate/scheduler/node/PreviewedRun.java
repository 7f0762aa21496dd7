package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One scheduled time to come, and what each parameter will be then. */
public record PreviewedRun(ScheduledTime scheduledTime, List<Value> parameters) {
    /**
     * A parameter's value.
     *
     * @param value null when the expression cannot be evaluated
     * @param error why not, or null
     */
    public record Value(
            String name, @Nullable String value, @Nullable String error) {}
}
