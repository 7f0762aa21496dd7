package io.tidegate.scheduler.cycle;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The times of one cycle on one date, and what clock changes did to them.
 *
 * @param times ascending, each instant once
 * @param changes one for each wall-clock time that is not simply what it says
 */
record DayOfTimes(List<ScheduledTime> times, List<ClockChange> changes) {

    static DayOfTimes of(Cycle cycle, LocalDate date, ZoneId zone) {
        requireSound(cycle);
        // A date that a zone left out altogether, as Samoa did when it changed sides, has no times.
        if (!ScheduledTime.at(date.atStartOfDay(), zone).local().toLocalDate().equals(date)) {
            return new DayOfTimes(List.of(), List.of());
        }
        var times = new TreeSet<ScheduledTime>();
        var changes = new ArrayList<ClockChange>();
        for (LocalTime wallTime : cycle.wallTimes()) {
            LocalDateTime wall = date.atTime(wallTime);
            ScheduledTime time = ScheduledTime.at(wall, zone);
            if (time.local().equals(wall)) {
                times.add(time);
                if (zone.getRules().getValidOffsets(wall).size() > 1) {
                    changes.add(new ClockChange(wall, ClockChange.Effect.RUNS_ONCE, time));
                }
            } else if (goesOnWithout(cycle, wall, zone)) {
                changes.add(new ClockChange(wall, ClockChange.Effect.LEFT_OUT, null));
            } else {
                times.add(time);
                changes.add(new ClockChange(wall, ClockChange.Effect.MOVED, time));
            }
        }
        return new DayOfTimes(List.copyOf(times), List.copyOf(changes));
    }

    static void requireSound(Cycle cycle) {
        List<CycleProblem> problems = cycle.problems();
        if (!problems.isEmpty()) {
            throw new InvalidCycleException(problems);
        }
    }

    /**
     * Whether the times of the series before and after the gap are within one interval of each other on the time line. Then
     * one more run at the end of the gap would come too early, and would take over again a window that its neighbour covers.
     */
    private static boolean goesOnWithout(Cycle cycle, LocalDateTime skipped, ZoneId zone) {
        Duration interval = intervalOf(cycle);
        if (interval == null) {
            return false;
        }
        ScheduledTime after = null;
        for (LocalTime wallTime : cycle.wallTimes()) {
            LocalDateTime wall = skipped.toLocalDate().atTime(wallTime);
            if (wall.isAfter(skipped) && isValid(wall, zone)) {
                after = ScheduledTime.at(wall, zone);
                break;
            }
        }
        if (after == null) {
            return false;
        }
        // The series as if it had no start: what counts is its pace, also where its first time is the skipped one.
        LocalDateTime before = skipped.minus(interval);
        while (!isValid(before, zone)) {
            before = before.minus(interval);
        }
        Duration apart = Duration.between(ScheduledTime.at(before, zone).instant(), after.instant());
        return apart.compareTo(interval) <= 0;
    }

    private static boolean isValid(LocalDateTime local, ZoneId zone) {
        return !zone.getRules().getValidOffsets(local).isEmpty();
    }

    private static @Nullable Duration intervalOf(Cycle cycle) {
        if (cycle instanceof Minute minute) {
            return Duration.ofMinutes(minute.interval());
        }
        return cycle instanceof Hour hour && hour.interval() != null ? Duration.ofHours(hour.interval()) : null;
    }
}
