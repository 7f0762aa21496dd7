package io.tidegate.scheduler.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The day on which a business date's instances run.
 *
 * @param start included
 * @param end not included
 * @param deadline by which they should be done
 */
record WatchedDay(LocalDate businessDate, Instant start, Instant end, Instant deadline) {
    static WatchedDay of(AlertCondition.NotFinishedBy by, LocalDate businessDate, ZoneId zone) {
        return new WatchedDay(
                businessDate,
                businessDate.plusDays(1).atStartOfDay(zone).toInstant(),
                businessDate.plusDays(2).atStartOfDay(zone).toInstant(),
                by.deadline(businessDate, zone));
    }
}
