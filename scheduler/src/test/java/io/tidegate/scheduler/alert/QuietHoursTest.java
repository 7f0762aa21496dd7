package io.tidegate.scheduler.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static String end(String from, String to, Instant now) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(to))
                .endsAfter(now, BERLIN)
                .map(end -> LocalDateTime.ofInstant(end, BERLIN).toString())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        // across midnight, from both sides of it
        "22:00, 07:00, 2026-01-10T21:59, none",
        "22:00, 07:00, 2026-01-10T22:00, 2026-01-11T07:00",
        "22:00, 07:00, 2026-01-11T00:00, 2026-01-11T07:00",
        "22:00, 07:00, 2026-01-11T06:59, 2026-01-11T07:00",
        "22:00, 07:00, 2026-01-11T07:00, none",
        // within a day
        "12:00, 13:00, 2026-01-10T12:30, 2026-01-10T13:00",
        "12:00, 13:00, 2026-01-10T13:00, none",
        "00:00, 06:00, 2026-01-10T00:00, 2026-01-10T06:00",
        // the clocks skip 02:00 to 03:00 on 2026-03-29
        "22:00, 02:30, 2026-03-29T01:59, 2026-03-29T03:00",
        "22:00, 02:30, 2026-03-29T03:00, none",
        "02:10, 02:50, 2026-03-29T03:00, none",
        "02:30, 06:00, 2026-03-29T03:00, 2026-03-29T06:00",
        // and show 02:00 to 03:00 twice on 2026-10-25
        "22:00, 07:00, 2026-10-25T01:00, 2026-10-25T07:00",
    })
    void hold_what_lies_between_two_clock_times(String from, String to, String now, String end) {
        assertThat(end(from, to, ScheduledTime.at(LocalDateTime.parse(now), BERLIN).instant()))
                .isEqualTo(end);
    }

    @Test
    void end_at_the_first_of_two_equal_clock_times() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(end("22:00", "02:30", first.minusSeconds(60))).isEqualTo("2026-10-25T02:30");
        assertThat(new QuietHours(LocalTime.of(22, 0), LocalTime.of(2, 30)).endsAfter(first.minusSeconds(60), BERLIN))
                .contains(first);
        assertThat(end("22:00", "02:30", first)).isEqualTo("none");
        // The clocks show 02:00 for the second time.
        assertThat(end("22:00", "02:30", first.plusSeconds(1800))).isEqualTo("none");
    }
}
