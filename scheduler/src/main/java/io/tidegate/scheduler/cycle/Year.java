package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On chosen days of chosen months. There is an instance every day; on the other days it is a dry run. A month that lacks a
 * chosen day has no run for it, 29 February none in three years out of four.
 *
 * @param months the chosen months, 1 to 12, in any order, each once
 * @param days the chosen days of these months, 1 to 31, in any order, each once
 * @param lastDay whether the last day of these months is chosen as well
 * @param runAt the time of day; 00:00 when the document has none
 */
public record Year(
        List<Integer> months,
        List<Integer> days,
        boolean lastDay,
        @TimeOfDay LocalTime runAt) implements Cycle {

    public Year {
        months = List.copyOf(months);
        days = List.copyOf(days);
    }

    @JsonCreator
    static Year fromJson(
            @JsonProperty("months") @Nullable List<Integer> months,
            @JsonProperty("days") @Nullable List<Integer> days,
            @JsonProperty("lastDay") @Nullable Boolean lastDay,
            @JsonProperty("runAt") @TimeOfDay @Nullable LocalTime runAt) {
        return new Year(
                months == null ? List.of() : months,
                days == null ? List.of() : days,
                Boolean.TRUE.equals(lastDay),
                runAt == null ? LocalTime.MIDNIGHT : runAt);
    }

    @Override
    public List<CycleProblem> problems() {
        var checks = new CycleChecks()
                .chosen("months", months, "write at least one month, e.g. [1]")
                .between("months", months, 12, "write months from 1 to 12");
        checks.daysOfMonth(days, lastDay).wholeMinute("runAt", runAt);
        if (checks.problems().isEmpty() && !lastDay && months.stream().noneMatch(this::hasADate)) {
            checks.add(
                    "days",
                    "none of the months " + months + " has one of the days " + days,
                    "choose an earlier day, or lastDay");
        }
        return checks.problems();
    }

    private boolean hasADate(int month) {
        int longest = java.time.Month.of(month).maxLength();
        return days.stream().anyMatch(day -> day <= longest);
    }

    @Override
    public List<LocalTime> wallTimes() {
        DayOfTimes.requireSound(this);
        return List.of(runAt);
    }

    @Override
    public boolean isRealRun(LocalDate date) {
        return months.contains(date.getMonthValue()) && Month.isChosen(date, days, lastDay);
    }

    @Override
    public Frequency frequency() {
        return Frequency.YEAR;
    }
}
