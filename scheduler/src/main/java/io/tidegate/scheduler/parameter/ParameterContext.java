package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.cycle.Pace;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What expressions are evaluated against: one scheduled time, and the ids of what runs.
 *
 * @param scheduledTime as the node's cycle names it, in whole seconds (what is below is cut off), in years 1 to 9999; one that
 *     the clocks of the zone skip is counted from as it is, and printed as the first time after the gap
 * @param zone the zone of the workspace
 * @param pace the clock of the node's cycle, on which offsets move that are not whole days
 * @param ids values of {@code jobid}, {@code nodeid} and {@code taskid} as far as they are known; a built-in whose id is not
 *     known stays in the text as it is
 */
public record ParameterContext(LocalDateTime scheduledTime, ZoneId zone, Pace pace, Map<String, String> ids) {

    public ParameterContext {
        if (scheduledTime.getYear() < 1 || scheduledTime.getYear() > 9999) {
            throw new IllegalArgumentException("scheduled time " + scheduledTime + " is not in the years 1 to 9999");
        }
        scheduledTime = scheduledTime.truncatedTo(ChronoUnit.SECONDS);
        ids = Map.copyOf(ids);
    }

    /** The context of a moment of a node, without ids. */
    public static ParameterContext of(LocalDateTime scheduledTime, ZoneId zone, Pace pace) {
        return new ParameterContext(scheduledTime, zone, pace, Map.of());
    }

    /** The day before the date of the scheduled time: what {@code $bizdate} and {@code ${…}} are about. */
    public LocalDate businessDate() {
        return scheduledTime.toLocalDate().minusDays(1);
    }

    /** What code may name without an assignment: {@code bdp.system.bizdate} and {@code bdp.system.cyctime}. */
    public Map<String, String> systemVariables() {
        return Map.of(
                "bdp.system.bizdate", BuiltIn.BIZDATE.evaluate(this),
                "bdp.system.cyctime", BuiltIn.CYCTIME.evaluate(this));
    }
}
