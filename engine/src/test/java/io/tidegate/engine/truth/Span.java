package io.tidegate.engine.truth;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A window of time, {@code [start, end)}. */
record Span(Instant start, Instant end) {

    /** A day of that zone: 23, 24 or 25 hours. */
    static Span day(LocalDate date, ZoneId zone) {
        return new Span(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** Windows of that length that tile this span; the last one may be shorter. */
    List<Span> cut(Duration length) {
        List<Span> windows = new ArrayList<>();
        for (Instant at = start; at.isBefore(end); at = at.plus(length)) {
            Instant next = at.plus(length);
            windows.add(new Span(at, next.isBefore(end) ? next : end));
        }
        return windows;
    }

    boolean meets(Span other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    Instant at(Duration offset) {
        return start.plus(offset);
    }
}
