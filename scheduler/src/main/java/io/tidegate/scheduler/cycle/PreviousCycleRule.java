package io.tidegate.scheduler.cycle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of its parent's scheduled times a child waits for that depends on the parent's previous cycle.
 *
 * <ul>
 *   <li>Where one of the two has one time a day, the parent's times of the date before; of a parent that depends on itself the
 *       last one alone.
 *   <li>Hours and minutes go one step back from what {@link SameCycleRule} gives: to what their own previous time waits for,
 *       if that is all earlier; else to the parent's last time before it.
 * </ul>
 *
 * A node's own previous cycle is the same with the node as its own parent: the time before, on the date before when it is the
 * first.
 *
 * @param child the node that waits
 * @param parent the node whose previous cycle is waited for
 */
public record PreviousCycleRule(NodeCycle child, NodeCycle parent) implements EdgeRule {

    /**
     * For each of the child's times of a date, in order, the parent's times it waits for. All are before what it would wait
     * for in the same cycle.
     *
     * @param date in the child's zone
     */
    @Override
    public Map<ScheduledTime, List<ScheduledTime>> parentsOn(LocalDate date) {
        var waits = new LinkedHashMap<ScheduledTime, List<ScheduledTime>>();
        if (child.isOnceADay() || parent.isOnceADay()) {
            List<ScheduledTime> before = parent.timesOnDateOf(child, date.minusDays(1));
            List<ScheduledTime> waitedFor = parent.dependsOnItself() ? last(before) : before;
            child.timesOn(date).forEach(time -> waits.put(time, waitedFor));
            return waits;
        }
        // Every time of the child counts here, also where its own previous one would stand for the parent's.
        SameCycleRule rule = new SameCycleRule(child.alone(), parent);
        List<ScheduledTime> parents = new ArrayList<>(parent.timesOnDateOf(child, date.minusDays(1)));
        parents.addAll(parent.timesOnDateOf(child, date));
        List<ScheduledTime> ofTimeBefore = lastValue(rule.parentsOn(date.minusDays(1)));
        for (Map.Entry<ScheduledTime, List<ScheduledTime>> entry :
                rule.parentsOn(date).entrySet()) {
            waits.put(entry.getKey(), stepBack(entry.getValue(), ofTimeBefore, parents));
            ofTimeBefore = entry.getValue();
        }
        return waits;
    }

    private static List<ScheduledTime> stepBack(
            List<ScheduledTime> sameCycle, List<ScheduledTime> ofTimeBefore, List<ScheduledTime> parents) {
        if (sameCycle.isEmpty()) {
            return last(parents);
        }
        ScheduledTime first = sameCycle.get(0);
        boolean allEarlier =
                !ofTimeBefore.isEmpty() && last(ofTimeBefore).get(0).compareTo(first) < 0;
        return allEarlier
                ? ofTimeBefore
                : last(parents.stream().filter(p -> p.compareTo(first) < 0).toList());
    }

    private static List<ScheduledTime> lastValue(Map<ScheduledTime, List<ScheduledTime>> waits) {
        List<ScheduledTime> last = List.of();
        for (List<ScheduledTime> value : waits.values()) {
            last = value;
        }
        return last;
    }

    private static List<ScheduledTime> last(List<ScheduledTime> times) {
        return times.isEmpty() ? List.of() : List.of(times.get(times.size() - 1));
    }
}
