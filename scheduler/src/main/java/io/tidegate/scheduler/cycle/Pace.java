package io.tidegate.scheduler.cycle;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The clock on which the times of a cycle are equally far apart: the clock on the wall, without the gaps that the cycle passes
 * over. A repeated hour counts once on it, so that windows whose bounds are counted on it meet wherever the clocks change.
 *
 * @param interval between two times of a series; null for all other cycles, which pass over no gap
 */
public record Pace(@Nullable Duration interval) {
    /** Of nodes that run at chosen times or on chosen days. */
    public static final Pace CHOSEN = new Pace(null);

    public static Pace every(Duration interval) {
        return new Pace(interval);
    }

    /**
     * Whether a series goes on after a gap in step with its times before it, so that those in the gap are not missed: when the
     * gap is as long as some of its intervals.
     */
    boolean passesOver(ZoneOffsetTransition gap) {
        return interval != null
                && gap.isGap()
                && !interval.isZero()
                && gap.getDuration().toSeconds() % interval.toSeconds() == 0;
    }

    /**
     * Moves a time on this clock.
     *
     * @param from a time on the wall clock of the zone, which may be skipped there
     * @param seconds back when negative
     * @return may be skipped too, when it lies in a gap that is not passed over
     */
    public LocalDateTime move(LocalDateTime from, long seconds, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition around = rules.getTransition(from);
        LocalDateTime begin = around != null && around.isGap() && passesOver(around) ? around.getDateTimeAfter() : from;
        if (interval == null || rules.isFixedOffset()) {
            return begin.plusSeconds(seconds);
        }
        return seconds < 0 ? back(begin, seconds, zone) : forth(begin, seconds, zone);
    }

    private LocalDateTime back(LocalDateTime begin, long seconds, ZoneId zone) {
        LocalDateTime moved = begin.plusSeconds(seconds);
        ZoneOffsetTransition change = zone.getRules()
                .previousTransition(ScheduledTime.at(begin, zone).instant().plusNanos(1));
        while (change != null && latest(change).isAfter(moved)) {
            if (passesOver(change) && change.getDateTimeAfter().isAfter(moved)) {
                moved = moved.minus(change.getDuration());
            }
            change = zone.getRules().previousTransition(change.getInstant());
        }
        return moved;
    }

    private LocalDateTime forth(LocalDateTime begin, long seconds, ZoneId zone) {
        LocalDateTime moved = begin.plusSeconds(seconds);
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(ScheduledTime.at(begin, zone).instant());
        while (change != null && !earliest(change).isAfter(moved)) {
            if (passesOver(change) && !change.getDateTimeBefore().isAfter(moved)) {
                moved = moved.plus(change.getDuration());
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return moved;
    }

    private static LocalDateTime latest(ZoneOffsetTransition change) {
        return change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
    }

    private static LocalDateTime earliest(ZoneOffsetTransition change) {
        return change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    }
}
