package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How often a node runs, on the clock on the wall of its workspace's zone.
 *
 * <p>A cycle may be built with wrong values, so that a half-filled form can be saved; {@link #problems()} lists them and every
 * other method throws {@link InvalidCycleException} while there are any.
 *
 * <p>Where clocks change: a time they skip runs at the first instant after the gap, a time they show twice runs once, the first
 * time. Times that fall on one instant by that rule are the first of them. A skipped time of a series is left out when the series
 * goes on after the gap in step with its times before it; an hourly node thus has 23 instances on a day of 23 hours.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Minute.class, name = "MINUTE"),
    @JsonSubTypes.Type(value = Hour.class, name = "HOUR"),
    @JsonSubTypes.Type(value = Day.class, name = "DAY"),
    @JsonSubTypes.Type(value = Week.class, name = "WEEK"),
    @JsonSubTypes.Type(value = Month.class, name = "MONTH"),
    @JsonSubTypes.Type(value = Year.class, name = "YEAR"),
})
public sealed interface Cycle permits Minute, Hour, Day, Week, Month, Year {

    /** What keeps this cycle from being used; empty when it is sound. */
    List<CycleProblem> problems();

    /** The wall-clock times of every day, ascending, before any clock change is looked at. */
    List<LocalTime> wallTimes();

    /** The moments at which a node of this cycle runs on a local date, ascending, each once. */
    default List<ScheduledTime> scheduledTimes(LocalDate date, ZoneId zone) {
        return DayOfTimes.of(this, date, zone).times();
    }

    /**
     * The scheduled times after {@code fromExclusive} and up to {@code toInclusive}, ascending, each once. Two ranges that meet
     * give together exactly what one range over both gives.
     */
    default List<ScheduledTime> between(Instant fromExclusive, Instant toInclusive, ZoneId zone) {
        DayOfTimes.requireSound(this);
        if (!fromExclusive.isBefore(toInclusive)) {
            return List.of();
        }
        // A time of the day before that its clocks skip runs at the first instant of this date, which is not after the
        // start.
        LocalDate first = LocalDate.ofInstant(fromExclusive, zone);
        LocalDate last = LocalDate.ofInstant(toInclusive, zone);
        var found = new TreeMap<Instant, ScheduledTime>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            for (ScheduledTime time : scheduledTimes(date, zone)) {
                if (time.instant().isAfter(fromExclusive) && !time.instant().isAfter(toInclusive)) {
                    found.putIfAbsent(time.instant(), time);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The next {@code count} scheduled times after an instant, for previews. */
    default List<ScheduledTime> next(Instant after, int count, ZoneId zone) {
        DayOfTimes.requireSound(this);
        var found = new ArrayList<ScheduledTime>();
        LocalDateTime day = LocalDateTime.ofInstant(after, zone).toLocalDate().atStartOfDay();
        Instant from = after;
        while (found.size() < count) {
            day = day.plusDays(1);
            Instant to = ScheduledTime.at(day, zone).instant();
            found.addAll(between(from, to, zone));
            from = to.isAfter(from) ? to : from;
        }
        return List.copyOf(found.subList(0, count));
    }

    /** Where a change of the clocks moves, drops or doubles times of a date, for previews; empty on ordinary days. */
    default List<ClockChange> clockChanges(LocalDate date, ZoneId zone) {
        return DayOfTimes.of(this, date, zone).changes();
    }

    /**
     * Whether the node works on a date. Where it does not, its instance of that date is a dry run: a success at its time, for
     * the children's sake. Minutes, hours and days work on every date.
     */
    default boolean isRealRun(LocalDate date) {
        return true;
    }

    /** The same of one of this cycle's times. */
    default boolean isRealRun(ScheduledTime time) {
        return isRealRun(time.local().toLocalDate());
    }

    /** The clock on which its times are equally far apart. */
    @JsonIgnore
    default Pace pace() {
        return Pace.CHOSEN;
    }

    /** The kind of this cycle, apart from its values. */
    @JsonIgnore
    Frequency frequency();

    /** The kinds of cycle, the shorter first. */
    enum Frequency {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR;

        /** Whether there is one instance on every date, worked on or dry. */
        public boolean isOnceADay() {
            return compareTo(DAY) >= 0;
        }
    }
}
