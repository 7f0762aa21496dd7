package io.tidegate.scheduler.cycle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
        var times = new TreeMap<Instant, ScheduledTime>();
        var changes = new ArrayList<ClockChange>();
        for (LocalTime wallTime : cycle.wallTimes()) {
            LocalDateTime wall = date.atTime(wallTime);
            Instant instant = ScheduledTime.at(wall, zone).instant();
            int offsets = zone.getRules().getValidOffsets(wall).size();
            if (offsets == 0 && goesOnWithout(cycle, wall, zone)) {
                changes.add(new ClockChange(wall, ClockChange.Effect.LEFT_OUT, null));
                continue;
            }
            // Of several that mean one instant the first stays: its window is the one that begins where the last one
            // ended.
            ScheduledTime time = times.computeIfAbsent(instant, moment -> new ScheduledTime(wall, moment));
            if (offsets == 0) {
                changes.add(new ClockChange(wall, ClockChange.Effect.MOVED, time));
            } else if (offsets > 1) {
                changes.add(new ClockChange(wall, ClockChange.Effect.RUNS_ONCE, time));
            }
        }
        return new DayOfTimes(List.copyOf(times.values()), List.copyOf(changes));
    }

    static void requireSound(Cycle cycle) {
        List<CycleProblem> problems = cycle.problems();
        if (!problems.isEmpty()) {
            throw new InvalidCycleException(problems);
        }
    }

    /**
     * Whether the series goes on in step after the gap: one more run at its end would come too early then, and take over again a
     * window that its neighbour covers.
     */
    private static boolean goesOnWithout(Cycle cycle, LocalDateTime skipped, ZoneId zone) {
        ZoneOffsetTransition gap = zone.getRules().getTransition(skipped);
        Duration interval = cycle.pace().interval();
        if (interval == null || !cycle.pace().passesOver(gap)) {
            return false;
        }
        LocalDateTime next = skipped;
        while (next.isBefore(gap.getDateTimeAfter())) {
            next = next.plus(interval);
        }
        return cycle.wallTimes().contains(next.toLocalTime());
    }
}
