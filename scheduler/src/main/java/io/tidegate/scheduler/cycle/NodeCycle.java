package io.tidegate.scheduler.cycle;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * A node as the rules of edges see it.
 *
 * @param zone of its workspace
 * @param dependsOnItself whether each of its instances also waits for the one before
 */
public record NodeCycle(Cycle cycle, ZoneId zone, boolean dependsOnItself) {

    /** The same without the dependency on itself. */
    public NodeCycle alone() {
        return new NodeCycle(cycle, zone, false);
    }

    /** Its scheduled times on a date of its own zone, ascending. */
    public List<ScheduledTime> timesOn(LocalDate date) {
        return cycle.scheduledTimes(date, zone);
    }

    /** Weeks, months and years count as days: they have one time on every date, on which they may run dry. */
    public boolean isOnceADay() {
        return cycle.frequency().isOnceADay();
    }

    /**
     * Its times that belong to a date of another node: of nodes with one time a day the one with the same date, wherever they
     * are; of the others those that fall into the day as the other node's zone has it.
     */
    List<ScheduledTime> timesOnDateOf(NodeCycle other, LocalDate date) {
        if (isOnceADay() || zone.equals(other.zone)) {
            return timesOn(date);
        }
        return cycle.between(
                date.atStartOfDay(other.zone).toInstant().minusNanos(1),
                date.plusDays(1).atStartOfDay(other.zone).toInstant().minusNanos(1),
                zone);
    }
}
