package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The scheduled times to come, within the validity of a schedule. */
final class NextTimes {
    private NextTimes() {}

    /** At most {@code count}, ascending; fewer when the validity ends before, none when the cycle is not sound. */
    static List<ScheduledTime> of(Schedule schedule, Instant after, int count, ZoneId zone) {
        if (!schedule.cycle().problems().isEmpty() || count < 1) {
            return List.of();
        }
        LocalDate from = schedule.validFrom();
        Instant begin = after;
        if (from != null) {
            // A nanosecond before midnight, so that a node at 00:00 has its first time on the first valid day.
            Instant beforeFirst = from.atStartOfDay(zone).toInstant().minusNanos(1);
            begin = beforeFirst.isAfter(after) ? beforeFirst : after;
        }
        return schedule.cycle().next(begin, count, zone).stream()
                .filter(time -> schedule.validOn(time.local().toLocalDate()))
                .toList();
    }
}
