package io.tidegate.scheduler.cycle;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * A moment at which a node is to run.
 *
 * @param local the time on the wall clock that the cycle names; one that the clocks skip stays as it is named, so that windows
 *     and dates counted from it meet those of its neighbours
 * @param instant the moment it means: the same on the time line, or the first instant after the gap
 */
public record ScheduledTime(LocalDateTime local, Instant instant) implements Comparable<ScheduledTime> {

    /**
     * The moment a wall-clock time means in a zone. A time that the clocks skip means the first instant after the gap; a time
     * that they show twice means the first of the two.
     */
    public static ScheduledTime at(LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (!offsets.isEmpty()) {
            return new ScheduledTime(local, local.toInstant(offsets.get(0)));
        }
        ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        return new ScheduledTime(gap.getDateTimeAfter(), gap.getInstant());
    }

    /** The scheduled time that stands at an instant. */
    public static ScheduledTime at(Instant instant, ZoneId zone) {
        return new ScheduledTime(LocalDateTime.ofInstant(instant, zone), instant);
    }

    @Override
    public int compareTo(ScheduledTime other) {
        int byInstant = instant.compareTo(other.instant);
        return byInstant != 0 ? byInstant : local.compareTo(other.local);
    }
}
