package io.tidegate.scheduler.duty;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Up to where instances are generated. */
final class Horizon {
    /** From then on the next day is there as well, so that midnight finds its instances waiting. */
    private static final LocalTime NEXT_DAY_FROM = LocalTime.of(23, 30);

    private Horizon() {}

    /** The first instant that is not planned yet: the start of the next local day, or of the one after it. */
    static Instant at(Instant now, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        int days = local.toLocalTime().isBefore(NEXT_DAY_FROM) ? 1 : 2;
        return local.toLocalDate().plusDays(days).atStartOfDay(zone).toInstant();
    }
}
