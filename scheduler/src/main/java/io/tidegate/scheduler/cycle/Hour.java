package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every so many hours within a day, or at chosen times of it: either {@code startFrom}, {@code interval} and {@code endAt} are
 * set, or {@code times} alone.
 *
 * @param startFrom the first time of the day
 * @param interval hours between two times, 1 to 23
 * @param endAt the last moment that a time may fall on, itself included
 * @param times the chosen times, in any order, each once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hour(
        @TimeOfDay @Nullable LocalTime startFrom,
        @Nullable Integer interval,
        @TimeOfDay @Nullable LocalTime endAt,
        @TimeOfDay @Nullable List<LocalTime> times)
        implements Cycle {

    public Hour {
        times = times == null ? null : List.copyOf(times);
    }

    /** From a time on, every so many hours, up to and with an end. */
    public static Hour every(int interval, LocalTime startFrom, LocalTime endAt) {
        return new Hour(startFrom, interval, endAt, null);
    }

    /** At chosen times. */
    public static Hour at(LocalTime... times) {
        return new Hour(null, null, null, List.of(times));
    }

    @JsonCreator
    static Hour fromJson(
            @JsonProperty("startFrom") @TimeOfDay @Nullable LocalTime startFrom,
            @JsonProperty("interval") @Nullable Integer interval,
            @JsonProperty("endAt") @TimeOfDay @Nullable LocalTime endAt,
            @JsonProperty("times") @TimeOfDay @Nullable List<LocalTime> times) {
        if (times != null) {
            return new Hour(startFrom, interval, endAt, times);
        }
        return new Hour(
                startFrom == null ? Minute.DAY_START : startFrom,
                interval == null ? Integer.valueOf(0) : interval,
                endAt == null ? Minute.DAY_END : endAt,
                null);
    }

    @Override
    public List<CycleProblem> problems() {
        return times == null ? problemsOfSeries() : problemsOfTimes(times);
    }

    private List<CycleProblem> problemsOfSeries() {
        var checks = new CycleChecks()
                .wholeMinute("startFrom", startFrom)
                .interval(interval == null ? 0 : interval, 23, "hours")
                .wholeMinute("endAt", endAt);
        if (startFrom != null && endAt != null) {
            checks.ordered(startFrom, endAt);
        }
        return checks.problems();
    }

    private List<CycleProblem> problemsOfTimes(List<LocalTime> chosen) {
        var checks = new CycleChecks();
        if (startFrom != null || interval != null || endAt != null) {
            checks.add(
                    "times",
                    "both times and an interval are given",
                    "keep either times, or startFrom, interval and endAt");
        }
        if (chosen.isEmpty()) {
            checks.add("times", "the list is empty", "write at least one time of day, e.g. [\"00:15\"]");
        }
        var seen = new HashSet<LocalTime>();
        for (LocalTime time : chosen) {
            checks.wholeMinute("times", time);
            if (!seen.add(time)) {
                checks.add("times", time + " stands there twice", "write each time once");
            }
        }
        return checks.problems();
    }

    @Override
    public List<LocalTime> wallTimes() {
        DayOfTimes.requireSound(this);
        if (times != null) {
            return times.stream().sorted().toList();
        }
        if (startFrom == null || interval == null || endAt == null) {
            throw new InvalidCycleException(problems());
        }
        return CycleChecks.series(startFrom, interval * 60, endAt);
    }

    @Override
    public Pace pace() {
        return interval == null ? Pace.CHOSEN : Pace.every(Duration.ofHours(interval));
    }

    @Override
    public Frequency frequency() {
        return Frequency.HOUR;
    }
}
