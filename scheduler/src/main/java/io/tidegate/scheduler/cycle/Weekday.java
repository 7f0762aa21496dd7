package io.tidegate.scheduler.cycle;

import java.time.DayOfWeek;

/** A day of the week as documents spell it, Monday first. */
public enum Weekday {
    MON(DayOfWeek.MONDAY),
    TUE(DayOfWeek.TUESDAY),
    WED(DayOfWeek.WEDNESDAY),
    THU(DayOfWeek.THURSDAY),
    FRI(DayOfWeek.FRIDAY),
    SAT(DayOfWeek.SATURDAY),
    SUN(DayOfWeek.SUNDAY);

    private final DayOfWeek dayOfWeek;

    Weekday(DayOfWeek dayOfWeek) {
        this.dayOfWeek = dayOfWeek;
    }

    /** The same day as the calendar has it. */
    public DayOfWeek dayOfWeek() {
        return dayOfWeek;
    }
}
