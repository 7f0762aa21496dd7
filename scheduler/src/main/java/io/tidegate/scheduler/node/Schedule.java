package io.tidegate.scheduler.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.cycle.Cycle;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When a node runs.
 *
 * @param validFrom the first local date with instances, or null for no beginning
 * @param validTo the last local date with instances, or null for no end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
        @Required Cycle cycle,
        @Required SchedulingType type,
        @Required InstanceGeneration generation,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo) {

    public static Schedule of(Cycle cycle) {
        return new Schedule(cycle, SchedulingType.NORMAL, InstanceGeneration.NEXT_DAY, null, null);
    }

    public boolean validOn(LocalDate date) {
        return (validFrom == null || !date.isBefore(validFrom)) && (validTo == null || !date.isAfter(validTo));
    }
}
