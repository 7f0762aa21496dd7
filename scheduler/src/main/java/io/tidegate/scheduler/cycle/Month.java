package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On chosen days of each month. There is an instance every day; on the other days it is a dry run. A month that lacks a chosen
 * day has no run for it: only {@code lastDay} moves with the length of the month.
 *
 * @param days the chosen days of the month, 1 to 31, in any order, each once
 * @param lastDay whether the last day of the month is chosen as well
 * @param runAt the time of day; 00:00 when the document has none
 */
public record Month(
        List<Integer> days, boolean lastDay, @TimeOfDay LocalTime runAt) implements Cycle {

    public Month {
        days = List.copyOf(days);
    }

    /** At a time of day, on these days. */
    public static Month on(LocalTime runAt, Integer... days) {
        return new Month(List.of(days), false, runAt);
    }

    /** At a time of day, on the last day of each month. */
    public static Month onLastDay(LocalTime runAt) {
        return new Month(List.of(), true, runAt);
    }

    @JsonCreator
    static Month fromJson(
            @JsonProperty("days") @Nullable List<Integer> days,
            @JsonProperty("lastDay") @Nullable Boolean lastDay,
            @JsonProperty("runAt") @TimeOfDay @Nullable LocalTime runAt) {
        return new Month(
                days == null ? List.of() : days,
                Boolean.TRUE.equals(lastDay),
                runAt == null ? LocalTime.MIDNIGHT : runAt);
    }

    @Override
    public List<CycleProblem> problems() {
        return new CycleChecks()
                .daysOfMonth(days, lastDay)
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
        return isChosen(date, days, lastDay);
    }

    static boolean isChosen(LocalDate date, List<Integer> days, boolean lastDay) {
        return days.contains(date.getDayOfMonth()) || (lastDay && date.getDayOfMonth() == date.lengthOfMonth());
    }

    @Override
    public Frequency frequency() {
        return Frequency.MONTH;
    }
}
