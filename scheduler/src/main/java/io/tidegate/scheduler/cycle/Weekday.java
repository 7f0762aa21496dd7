package io.tidegate.scheduler.cycle;

import java.time.DayOfWeek;

/** A day of the week as documents spell it, Monday first. */
public enum Weekday {
    MON,
    TUE,
    WED,
    THU,
    FRI,
    SAT,
    SUN;

    /** The same day as the calendar has it. */
    public DayOfWeek dayOfWeek() {
        return DayOfWeek.of(ordinal() + 1);
    }
}
