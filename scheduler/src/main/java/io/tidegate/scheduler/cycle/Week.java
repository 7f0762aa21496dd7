package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On chosen days of the week. There is an instance every day; on the other days it is a dry run.
 *
 * @param days the chosen days, in any order, each once
 * @param runAt the time of day; 00:00 when the document has none
 */
public record Week(List<Weekday> days, @TimeOfDay LocalTime runAt) implements Cycle {

    public Week {
        days = List.copyOf(days);
    }

    /** At a time of day, on these days. */
    public static Week on(LocalTime runAt, Weekday... days) {
        return new Week(List.of(days), runAt);
    }

    @JsonCreator
    static Week fromJson(
            @JsonProperty("days") @Nullable List<Weekday> days,
            @JsonProperty("runAt") @TimeOfDay @Nullable LocalTime runAt) {
        return new Week(days == null ? List.of() : days, runAt == null ? LocalTime.MIDNIGHT : runAt);
    }

    @Override
    public List<CycleProblem> problems() {
        return new CycleChecks()
                .chosen("days", days, "write at least one day of the week, e.g. [\"MON\"]")
                .wholeMinute("runAt", runAt)
                .problems();
    }

    @Override
    public List<LocalTime> wallTimes() {
        DayOfTimes.requireSound(this);
        return List.of(runAt);
    }

    @Override
    public boolean isRealRun(LocalDate date) {
        return days.stream().anyMatch(day -> day.dayOfWeek() == date.getDayOfWeek());
    }

    @Override
    public Frequency frequency() {
        return Frequency.WEEK;
    }
}
