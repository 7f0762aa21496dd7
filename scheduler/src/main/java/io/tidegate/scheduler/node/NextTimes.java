package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The scheduled times to come, within the validity of a schedule. */
final class NextTimes {
    /** 29 February comes at least every eight years; whoever asks for a hundred of them gets fewer. */
    private static final int YEARS_MAX = 50;

    private final Schedule schedule;
    private final ZoneId zone;

    NextTimes(Schedule schedule, ZoneId zone) {
        this.schedule = schedule;
        this.zone = zone;
    }

    /** The times on which the node works; fewer when the validity ends before, none when the cycle is not sound. */
    List<ScheduledTime> realRuns(Instant after, int count) {
        return find(after, Instant.MAX, count, false);
    }

    /** The times of all instances, dry runs among them. */
    List<ScheduledTime> all(Instant after, int count) {
        return find(after, Instant.MAX, count, true);
    }

    /** At most {@code most} times on which the node works, after one instant and up to another. */
    List<ScheduledTime> realRuns(Instant after, Instant toInclusive, int most) {
        return find(after, toInclusive, most, false);
    }

    private List<ScheduledTime> find(Instant after, Instant to, int count, boolean dryRuns) {
        if (!schedule.cycle().problems().isEmpty() || count < 1) {
            return List.of();
        }
        // A time of the date before may have been moved past midnight.
        LocalDate date = LocalDate.ofInstant(after, zone).minusDays(1);
        LocalDate from = schedule.validFrom();
        if (from != null && from.isAfter(date)) {
            date = from;
        }
        LocalDate last = date.plusYears(YEARS_MAX);
        Set<ScheduledTime> found = new LinkedHashSet<>();
        for (; date.isBefore(last) && !isOver(date); date = date.plusDays(1)) {
            if (!dryRuns && !schedule.cycle().isRealRun(date)) {
                continue;
            }
            for (ScheduledTime time : schedule.cycle().scheduledTimes(date, zone)) {
                if (time.instant().isAfter(to) || found.size() == count) {
                    return new ArrayList<>(found);
                }
                if (time.instant().isAfter(after)) {
                    found.add(time);
                }
            }
        }
        return new ArrayList<>(found);
    }

    private boolean isOver(LocalDate date) {
        LocalDate end = schedule.validTo();
        return end != null && date.isAfter(end);
    }
}
