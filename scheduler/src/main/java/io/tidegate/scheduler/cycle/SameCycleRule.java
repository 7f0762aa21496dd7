package io.tidegate.scheduler.cycle;

import io.tidegate.scheduler.cycle.Cycle.Frequency;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of its parent's scheduled times of a date a child waits for, when the two need not have the same cycle.
 *
 * <ul>
 *   <li>A day waits for all of an hour's or minute's times of that date; for the nearest one alone when the parent depends on
 *       itself, since the others are then done before it.
 *   <li>An hour or minute waits for the day's one time, however early it is itself. When the child depends on itself only its
 *       first time of the date does, and the rest follow that one.
 *   <li>An hour waits for all of a minute's times after the hour's previous time; for the nearest one alone when the parent
 *       depends on itself.
 *   <li>Everything else, cycles of one kind above all, waits for the nearest time.
 * </ul>
 *
 * Weeks, months and years count as days: they have one time on every date, on which they may run dry.
 *
 * <p>The nearest time is the last one not after the child's; where there is none on that date, the first one of the date.
 *
 * @param child the cycle of the node that waits
 * @param childDependsOnItself whether it also waits for its own previous time
 * @param parent the cycle of the node that is waited for
 * @param parentDependsOnItself whether that one also waits for its own previous time
 * @param zone the zone of both
 */
public record SameCycleRule(
        Cycle child, boolean childDependsOnItself, Cycle parent, boolean parentDependsOnItself, ZoneId zone) {

    /**
     * For each of the child's times of a date, in order, the parent's times it waits for. Empty where it waits for none of
     * them: on a date on which the parent has no time, and where the child's own previous time stands for the parent's.
     */
    public Map<ScheduledTime, List<ScheduledTime>> parentsOn(LocalDate date) {
        List<ScheduledTime> times = child.scheduledTimes(date, zone);
        List<ScheduledTime> parents = parent.scheduledTimes(date, zone);
        var waits = new LinkedHashMap<ScheduledTime, List<ScheduledTime>>();
        for (int i = 0; i < times.size(); i++) {
            waits.put(times.get(i), parents.isEmpty() ? List.of() : parentsOf(times, i, parents));
        }
        return waits;
    }

    private List<ScheduledTime> parentsOf(List<ScheduledTime> times, int i, List<ScheduledTime> parents) {
        Frequency waits = child.frequency();
        Frequency waitedFor = parent.frequency();
        if (waits.isOnceADay()) {
            return parentDependsOnItself ? nearest(times.get(i), parents) : parents;
        }
        if (waitedFor.isOnceADay()) {
            return childDependsOnItself && i > 0 ? List.of() : parents;
        }
        boolean all = waits == Frequency.HOUR && waitedFor == Frequency.MINUTE && !parentDependsOnItself;
        return all ? sincePrevious(times, i, parents) : nearest(times.get(i), parents);
    }

    private static List<ScheduledTime> sincePrevious(List<ScheduledTime> times, int i, List<ScheduledTime> parents) {
        ScheduledTime time = times.get(i);
        List<ScheduledTime> since = parents.stream()
                .filter(p -> p.compareTo(time) <= 0 && (i == 0 || p.compareTo(times.get(i - 1)) > 0))
                .toList();
        return since.isEmpty() ? nearest(time, parents) : since;
    }

    private static List<ScheduledTime> nearest(ScheduledTime time, List<ScheduledTime> parents) {
        ScheduledTime nearest = parents.get(0);
        for (ScheduledTime candidate : parents) {
            if (candidate.compareTo(time) <= 0) {
                nearest = candidate;
            }
        }
        return List.of(nearest);
    }
}
