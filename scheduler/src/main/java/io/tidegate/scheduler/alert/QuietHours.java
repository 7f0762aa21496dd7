package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.cycle.TimeOfDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A part of every day in which nobody is to be disturbed. It is a stretch of the time line from one clock time to the next: where
 * the clocks skip one of them it means the first moment after the gap, where they show it twice the first time, as in schedules.
 *
 * @param from first minute
 * @param to first minute after it; before {@code from} when it lies on the next day
 */
public record QuietHours(
        @TimeOfDay LocalTime from, @TimeOfDay LocalTime to) {

    /** When quiet hours that hold an instant are over; empty when it lies outside of them. */
    public Optional<Instant> endsAfter(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        // Those of the day before may reach into today, and a gap at midnight may move today's.
        for (LocalDate begin = today.minusDays(1); !begin.isAfter(today); begin = begin.plusDays(1)) {
            LocalDate endDate = to.isAfter(from) ? begin : begin.plusDays(1);
            Instant start = ScheduledTime.at(begin.atTime(from), zone).instant();
            Instant end = ScheduledTime.at(endDate.atTime(to), zone).instant();
            if (!now.isBefore(start) && now.isBefore(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
