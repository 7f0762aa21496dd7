package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every so many minutes within a day.
 *
 * @param startFrom the first time of the day; 00:00 when the document has none
 * @param interval minutes between two times, 1 to 59
 * @param endAt the last moment that a time may fall on, itself included; 23:59 when the document has none
 */
public record Minute(
        @TimeOfDay LocalTime startFrom,
        int interval,
        @TimeOfDay LocalTime endAt) implements Cycle {

    static final LocalTime DAY_START = LocalTime.MIDNIGHT;
    static final LocalTime DAY_END = LocalTime.of(23, 59);

    @JsonCreator
    static Minute fromJson(
            @JsonProperty("startFrom") @TimeOfDay @Nullable LocalTime startFrom,
            @JsonProperty("interval") @Nullable Integer interval,
            @JsonProperty("endAt") @TimeOfDay @Nullable LocalTime endAt) {
        return new Minute(
                startFrom == null ? DAY_START : startFrom,
                interval == null ? 0 : interval,
                endAt == null ? DAY_END : endAt);
    }

    @Override
    public List<CycleProblem> problems() {
        return new CycleChecks()
                .wholeMinute("startFrom", startFrom)
                .interval(interval, 59, "minutes")
                .wholeMinute("endAt", endAt)
                .ordered(startFrom, endAt)
                .problems();
    }

    @Override
    public List<LocalTime> wallTimes() {
        DayOfTimes.requireSound(this);
        return CycleChecks.series(startFrom, interval, endAt);
    }

    @Override
    public Pace pace() {
        return Pace.every(Duration.ofMinutes(interval));
    }

    @Override
    public Frequency frequency() {
        return Frequency.MINUTE;
    }
}
