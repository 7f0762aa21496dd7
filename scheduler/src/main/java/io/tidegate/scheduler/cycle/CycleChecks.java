package io.tidegate.scheduler.cycle;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one cycle, and walks its series. */
final class CycleChecks {
    private final List<CycleProblem> problems = new ArrayList<>();

    List<CycleProblem> problems() {
        return List.copyOf(problems);
    }

    CycleChecks wholeMinute(String field, @Nullable LocalTime time) {
        if (time == null) {
            problems.add(new CycleProblem(field, "no time is given", "write a time of day, e.g. 00:15"));
        } else if (time.getSecond() != 0 || time.getNano() != 0) {
            problems.add(
                    new CycleProblem(field, time + " is not a whole minute", "write hours and minutes, e.g. 00:15"));
        }
        return this;
    }

    CycleChecks interval(int interval, int most, String unit) {
        if (interval < 1 || interval > most) {
            problems.add(new CycleProblem(
                    "interval",
                    interval + " is not between 1 and " + most + " " + unit,
                    "write a whole number of " + unit + " from 1 to " + most));
        }
        return this;
    }

    CycleChecks ordered(LocalTime startFrom, LocalTime endAt) {
        if (startFrom.isAfter(endAt)) {
            problems.add(new CycleProblem(
                    "endAt",
                    endAt + " is before the start, " + startFrom,
                    "write an end not before " + startFrom + "; a series never runs on past midnight"));
        }
        return this;
    }

    /** That something is chosen, and nothing twice. */
    CycleChecks chosen(String field, List<?> chosen, String cure) {
        if (chosen.isEmpty()) {
            problems.add(new CycleProblem(field, "the list is empty", cure));
        }
        var seen = new HashSet<Object>();
        for (Object one : chosen) {
            if (!seen.add(one)) {
                problems.add(new CycleProblem(field, one + " stands there twice", "write each once"));
            }
        }
        return this;
    }

    CycleChecks between(String field, List<Integer> numbers, int most, String cure) {
        for (int number : numbers) {
            if (number < 1 || number > most) {
                problems.add(new CycleProblem(field, number + " is not between 1 and " + most, cure));
            }
        }
        return this;
    }

    CycleChecks daysOfMonth(List<Integer> days, boolean lastDay) {
        if (!days.isEmpty() || !lastDay) {
            chosen("days", days, "write at least one day of the month, e.g. [1], or lastDay");
        }
        return between("days", days, 31, "write days from 1 to 31; the last day of the month is lastDay");
    }

    CycleChecks add(String field, String message, String cure) {
        problems.add(new CycleProblem(field, message, cure));
        return this;
    }

    /** Start, start + interval, … up to and with the end. */
    static List<LocalTime> series(LocalTime startFrom, int intervalMinutes, LocalTime endAt) {
        var times = new ArrayList<LocalTime>();
        int last = endAt.toSecondOfDay() / 60;
        for (int minute = startFrom.toSecondOfDay() / 60; minute <= last; minute += intervalMinutes) {
            times.add(LocalTime.of(minute / 60, minute % 60));
        }
        return List.copyOf(times);
    }
}
