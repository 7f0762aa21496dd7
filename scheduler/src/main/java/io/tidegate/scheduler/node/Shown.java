package io.tidegate.scheduler.node;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the sentences of findings show them. */
final class Shown {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private Shown() {}

    static String minute(LocalDateTime time) {
        return MINUTE.format(time);
    }

    static String minute(Instant time, ZoneId zone) {
        return MINUTE.format(LocalDateTime.ofInstant(time, zone));
    }
}
