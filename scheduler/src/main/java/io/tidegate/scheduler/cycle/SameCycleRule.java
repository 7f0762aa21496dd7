package io.tidegate.scheduler.cycle;

import io.tidegate.scheduler.cycle.Cycle.Frequency;
import java.time.LocalDate;
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
 *   <li>Hours that have as many times on the date as the hours they wait for go by place: the first waits for the first.
 *   <li>Else hours and minutes wait for all of the parent's times that no earlier time of theirs waits for: those after their
 *       previous time. Where there is none, and when the parent depends on itself, for the nearest one.
 * </ul>
 *
 * Weeks, months and years count as days: they have one time on every date, on which they may run dry.
 *
 * <p>The nearest time is the last one not after the child's; where there is none on that date, the first one of the date.
 *
 * @param child the node that waits
 * @param parent the node that is waited for
 */
public record SameCycleRule(NodeCycle child, NodeCycle parent) implements EdgeRule {

    /**
     * For each of the child's times of a date, in order, the parent's times it waits for. Empty where it waits for none of
     * them: on a date on which the parent has no time, and where the child's own previous time stands for the parent's.
     *
     * @param date in the child's zone
     */
    @Override
    public Map<ScheduledTime, List<ScheduledTime>> parentsOn(LocalDate date) {
        List<ScheduledTime> times = child.timesOn(date);
        List<ScheduledTime> parents = parent.timesOnDateOf(child, date);
        var waits = new LinkedHashMap<ScheduledTime, List<ScheduledTime>>();
        for (int i = 0; i < times.size(); i++) {
            waits.put(times.get(i), parents.isEmpty() ? List.of() : parentsOf(times, i, parents));
        }
        return waits;
    }

    private List<ScheduledTime> parentsOf(List<ScheduledTime> times, int i, List<ScheduledTime> parents) {
        ScheduledTime time = times.get(i);
        if (child.isOnceADay()) {
            return parent.dependsOnItself() ? nearest(time, parents) : parents;
        }
        if (parent.isOnceADay()) {
            return child.dependsOnItself() && i > 0 ? List.of() : parents;
        }
        if (isHours(child) && isHours(parent) && times.size() == parents.size()) {
            return List.of(parents.get(i));
        }
        List<ScheduledTime> since = parent.dependsOnItself()
                ? List.of()
                : parents.stream()
                        .filter(p -> !isAfter(p, time) && (i == 0 || isAfter(p, times.get(i - 1))))
                        .toList();
        return since.isEmpty() ? nearest(time, parents) : since;
    }

    /**
     * Whether a time of the parent comes after one of the child. Names tell times apart that fall on one moment at the end of a gap;
     * those of another zone say nothing: in Shanghai every moment has a later name than in Berlin.
     */
    private boolean isAfter(ScheduledTime ofParent, ScheduledTime ofChild) {
        return child.zone().equals(parent.zone())
                ? ofParent.compareTo(ofChild) > 0
                : ofParent.instant().isAfter(ofChild.instant());
    }

    private static boolean isHours(NodeCycle node) {
        return node.cycle().frequency() == Frequency.HOUR;
    }

    private List<ScheduledTime> nearest(ScheduledTime time, List<ScheduledTime> parents) {
        ScheduledTime nearest = parents.get(0);
        for (ScheduledTime candidate : parents) {
            if (!isAfter(candidate, time)) {
                nearest = candidate;
            }
        }
        return List.of(nearest);
    }
}
