package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Days of 23, 23½, 24½ and 25 hours, and zones that change their clocks at midnight. */
class ClockChangeTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    private static final LocalTime DAY_START = LocalTime.MIDNIGHT;
    private static final LocalTime DAY_END = LocalTime.of(23, 59);
    private static final Cycle FIVE_MINUTES = new Minute(DAY_START, 5, DAY_END);
    private static final Cycle HOURLY = Hour.every(1, DAY_START, DAY_END);
    private static final Cycle QUARTER_PAST = Hour.every(1, LocalTime.of(0, 15), DAY_END);

    private static List<String> shown(Cycle cycle, String date, ZoneId zone) {
        return cycle.scheduledTimes(LocalDate.parse(date), zone).stream()
                .map(time -> time.local().toLocalTime() + " "
                        + time.instant().toString().substring(11, 16) + "Z")
                .toList();
    }

    @ParameterizedTest(name = "{1} in {0}: {2} of five minutes, {3} hourly, {4} at a quarter past")
    @CsvSource({
        "America/New_York,    2025-03-08, 288, 24, 24",
        "America/New_York,    2025-03-09, 276, 23, 23",
        "America/New_York,    2025-11-02, 288, 24, 24",
        "Europe/Berlin,       2025-03-30, 276, 23, 23",
        "Europe/Berlin,       2025-10-26, 288, 24, 24",
        // Half an hour is skipped: 02:00 runs at 02:30 and 02:15 too, since the next full hour is 90 minutes after the
        // last.
        "Australia/Lord_Howe, 2025-10-05, 282, 24, 24",
        "Australia/Lord_Howe, 2025-04-06, 288, 24, 24",
        "Asia/Shanghai,       2025-03-30, 288, 24, 24",
        "Asia/Shanghai,       2025-10-26, 288, 24, 24",
    })
    void a_day_has_its_number_of_times(ZoneId zone, LocalDate date, int fiveMinutes, int hourly, int quarterPast) {
        assertThat(FIVE_MINUTES.scheduledTimes(date, zone)).hasSize(fiveMinutes);
        assertThat(HOURLY.scheduledTimes(date, zone)).hasSize(hourly);
        assertThat(QUARTER_PAST.scheduledTimes(date, zone)).hasSize(quarterPast);
    }

    @Test
    void an_hourly_node_leaves_the_skipped_hour_out() {
        assertThat(shown(HOURLY, "2025-03-09", NEW_YORK))
                .startsWith("00:00 05:00Z", "01:00 06:00Z", "03:00 07:00Z", "04:00 08:00Z");
        assertThat(shown(QUARTER_PAST, "2025-03-09", NEW_YORK))
                .startsWith("00:15 05:15Z", "01:15 06:15Z", "03:15 07:15Z", "04:15 08:15Z");
        assertThat(shown(QUARTER_PAST, "2025-03-30", BERLIN))
                .startsWith("00:15 23:15Z", "01:15 00:15Z", "03:15 01:15Z");
    }

    @Test
    void a_skipped_time_runs_at_the_end_of_the_gap_when_the_series_would_pause_longer_than_its_interval() {
        assertThat(shown(Hour.every(2, DAY_START, DAY_END), "2025-03-09", NEW_YORK))
                .startsWith("00:00 05:00Z", "02:00 07:00Z", "04:00 08:00Z");
        assertThat(shown(Hour.every(2, LocalTime.of(0, 15), DAY_END), "2025-03-09", NEW_YORK))
                .startsWith("00:15 05:15Z", "02:15 07:00Z", "04:15 08:15Z");
        assertThat(shown(QUARTER_PAST, "2025-10-05", LORD_HOWE))
                .startsWith("00:15 13:45Z", "01:15 14:45Z", "02:15 15:30Z", "03:15 16:15Z");
        // 02:00 and 02:40 both mean 03:00, and are one.
        assertThat(shown(new Minute(DAY_START, 40, LocalTime.of(3, 30)), "2025-03-09", NEW_YORK))
                .containsExactly("00:00 05:00Z", "00:40 05:40Z", "01:20 06:20Z", "02:00 07:00Z", "03:20 07:20Z");
    }

    @Test
    void a_series_that_ends_in_the_gap_still_runs_its_last_time() {
        assertThat(shown(Hour.every(1, LocalTime.of(1, 15), LocalTime.of(2, 30)), "2025-03-09", NEW_YORK))
                .containsExactly("01:15 06:15Z", "02:15 07:00Z");
    }

    @Test
    void a_series_that_starts_in_the_gap_begins_after_it() {
        assertThat(shown(Hour.every(1, LocalTime.of(2, 15), LocalTime.of(4, 30)), "2025-03-09", NEW_YORK))
                .containsExactly("03:15 07:15Z", "04:15 08:15Z");
    }

    @Test
    void a_day_in_the_gap_runs_at_its_end() {
        assertThat(shown(new Day(LocalTime.of(2, 30)), "2025-03-09", NEW_YORK)).containsExactly("02:30 07:00Z");
        assertThat(shown(new Day(LocalTime.of(2, 0)), "2025-03-09", NEW_YORK)).containsExactly("02:00 07:00Z");
        assertThat(shown(new Day(LocalTime.of(2, 10)), "2025-10-05", LORD_HOWE)).containsExactly("02:10 15:30Z");
    }

    @Test
    void chosen_times_that_fall_on_one_moment_are_one() {
        assertThat(shown(Hour.at(LocalTime.of(2, 15), LocalTime.of(2, 45), LocalTime.of(3, 0)), "2025-03-09", NEW_YORK))
                .containsExactly("02:15 07:00Z");
    }

    @Test
    void a_repeated_time_runs_once_the_first_time() {
        assertThat(shown(HOURLY, "2025-11-02", NEW_YORK)).startsWith("00:00 04:00Z", "01:00 05:00Z", "02:00 07:00Z");
        assertThat(shown(new Day(LocalTime.of(1, 30)), "2025-11-02", NEW_YORK)).containsExactly("01:30 05:30Z");
        assertThat(shown(new Day(LocalTime.of(2, 30)), "2025-10-26", BERLIN)).containsExactly("02:30 00:30Z");
        assertThat(shown(new Day(LocalTime.of(1, 45)), "2025-04-06", LORD_HOWE)).containsExactly("01:45 14:45Z");
    }

    @Test
    void clocks_put_forward_at_midnight_move_times_on_their_own_date() {
        // Cairo, 25 April 2025: 00:00 becomes 01:00.
        assertThat(new Day(LocalTime.of(0, 15)).scheduledTimes(LocalDate.of(2025, 4, 25), ZoneId.of("Africa/Cairo")))
                .containsExactly(new ScheduledTime(
                        LocalDateTime.parse("2025-04-25T00:15"), Instant.parse("2025-04-24T22:00:00Z")));
    }

    @Test
    void clocks_put_forward_to_midnight_move_times_to_the_next_date_and_they_stay_those_of_their_own() {
        // Nuuk, 29 March 2025: 23:00 becomes 00:00 of the 30th.
        ZoneId nuuk = ZoneId.of("America/Nuuk");
        var cycle = new Day(LocalTime.of(23, 30));

        assertThat(cycle.scheduledTimes(LocalDate.of(2025, 3, 29), nuuk))
                .containsExactly(new ScheduledTime(
                        LocalDateTime.parse("2025-03-29T23:30"), Instant.parse("2025-03-30T01:00:00Z")));
        assertThat(cycle.between(Instant.parse("2025-03-29T12:00:00Z"), Instant.parse("2025-03-30T12:00:00Z"), nuuk))
                .hasSize(1);
    }

    @Test
    void a_date_that_a_zone_left_out_has_no_times() {
        ZoneId apia = ZoneId.of("Pacific/Apia");

        assertThat(HOURLY.scheduledTimes(LocalDate.of(2011, 12, 30), apia)).isEmpty();
        assertThat(HOURLY.scheduledTimes(LocalDate.of(2011, 12, 31), apia)).hasSize(24);
    }

    @Test
    void what_happened_to_a_time_can_be_shown() {
        assertThat(QUARTER_PAST.clockChanges(LocalDate.of(2025, 3, 9), NEW_YORK))
                .containsExactly(
                        new ClockChange(LocalDateTime.parse("2025-03-09T02:15"), ClockChange.Effect.LEFT_OUT, null));
        assertThat(new Day(LocalTime.of(2, 30)).clockChanges(LocalDate.of(2025, 3, 9), NEW_YORK))
                .singleElement()
                .satisfies(change -> assertThat(change.effect()).isEqualTo(ClockChange.Effect.MOVED));
        assertThat(HOURLY.clockChanges(LocalDate.of(2025, 11, 2), NEW_YORK))
                .singleElement()
                .satisfies(change -> assertThat(change.effect()).isEqualTo(ClockChange.Effect.RUNS_ONCE));
        assertThat(HOURLY.clockChanges(LocalDate.of(2025, 11, 3), NEW_YORK)).isEmpty();
    }

    static Stream<Arguments> nodes() {
        Cycle day = new Day(LocalTime.of(0, 15));
        Cycle late = new Day(LocalTime.of(23, 30));
        Cycle inTheGap = new Day(LocalTime.of(2, 30));
        Cycle everyTwoHours = Hour.every(2, DAY_START, DAY_END);
        Cycle everySixHours = Hour.every(6, LocalTime.of(2, 15), DAY_END);
        Cycle threeTimes = Hour.at(LocalTime.of(2, 0), LocalTime.of(10, 0), LocalTime.of(18, 0));
        Cycle weekly = Week.on(LocalTime.of(0, 15), Weekday.MON);
        Cycle monthly = Month.on(LocalTime.of(0, 15), 1);
        Cycle quarterly = new Year(List.of(1, 4, 7, 10), List.of(1), false, LocalTime.of(0, 15));
        return Stream.of(
                arguments(FIVE_MINUTES, "$[yyyymmddhh24mi-8/24/60]00", "$[yyyymmddhh24mi-3/24/60]00"),
                arguments(QUARTER_PAST, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000"),
                arguments(QUARTER_PAST, "$[yyyymmddhh24-3/24]0000", "$[yyyymmddhh24-2/24]0000"),
                arguments(new Minute(DAY_START, 40, DAY_END), "$[yyyymmddhh24mi-40/24/60]00", "$[yyyymmddhh24mi]00"),
                arguments(everyTwoHours, "$[yyyymmddhh24-2/24]0000", "$[yyyymmddhh24]0000"),
                arguments(everyTwoHours, "$[yyyymmddhh24-3/24]0000", "$[yyyymmddhh24-1/24]0000"),
                arguments(everyTwoHours, "$[yyyymmddhh24mi-130/24/60]00", "$[yyyymmddhh24mi-10/24/60]00"),
                arguments(everySixHours, "$[yyyymmddhh24mi-6/24]00", "$[yyyymmddhh24mi]00"),
                arguments(threeTimes, "$[yyyymmddhh24-16/24]0000", "$[yyyymmddhh24-8/24]0000"),
                arguments(day, "$[yyyymmdd-1]000000", "$[yyyymmdd]000000"),
                arguments(day, "$[yyyymmddhh24mi-97/96]00", "$[yyyymmddhh24mi-1/96]00"),
                arguments(inTheGap, "$[yyyymmddhh24mi-1]00", "$[yyyymmddhh24mi]00"),
                arguments(inTheGap, "$[yyyymmddhh24mi-25/24]00", "$[yyyymmddhh24mi-1/24]00"),
                arguments(late, "$[yyyymmdd-1]000000", "$[yyyymmdd]000000"),
                arguments(weekly, "$[yyyymmdd-7]000000", "$[yyyymmdd]000000"),
                arguments(monthly, "$[add_months(yyyymmdd,-1)]000000", "$[yyyymmdd]000000"),
                arguments(quarterly, "$[add_months(yyyymmdd,-3)]000000", "$[yyyymmdd]000000"));
    }

    @ParameterizedTest(name = "{1} to {2} of {0}")
    @MethodSource("nodes")
    void windows_of_successive_times_meet_without_gap_or_overlap_whatever_the_clocks_do(
            Cycle cycle, String start, String end) {
        var startExpression = ParameterExpression.parse(start);
        var endExpression = ParameterExpression.parse(end);
        for (String name : List.of(
                "America/New_York",
                "Europe/Berlin",
                "Asia/Shanghai",
                "Australia/Adelaide",
                "Australia/Lord_Howe",
                "America/Nuuk",
                "Africa/Cairo")) {
            ZoneId zone = ZoneId.of(name);
            Instant previousEnd = null;
            for (ScheduledTime time :
                    cycle.between(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"), zone)) {
                if (!cycle.isRealRun(time)) {
                    continue;
                }
                var context = ParameterContext.of(time.local(), zone, cycle.pace());
                Instant windowStart = instant(startExpression.evaluate(context), zone);
                Instant windowEnd = instant(endExpression.evaluate(context), zone);
                // Plain comparisons: a year of minutes in four zones is 420,000 of them.
                boolean meets = previousEnd == null || windowStart.equals(previousEnd);
                if (!meets || windowEnd.isBefore(windowStart) || windowEnd.isAfter(time.instant())) {
                    throw new AssertionError(zone + " at " + time + ": " + windowStart + " to " + windowEnd
                            + " after a window to " + previousEnd);
                }
                previousEnd = windowEnd;
            }
            assertThat(previousEnd).isNotNull();
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        var local = LocalDateTime.parse(text, DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        return ScheduledTime.at(local, zone).instant();
    }

    @Test
    void a_year_of_an_hourly_node_pauses_longer_than_an_hour_only_where_an_hour_is_repeated() {
        List<ScheduledTime> times = QUARTER_PAST.between(
                Instant.parse("2025-01-01T05:15:00Z"), Instant.parse("2026-01-01T05:15:00Z"), NEW_YORK);
        int longer = 0;
        for (int i = 1; i < times.size(); i++) {
            Duration pause =
                    Duration.between(times.get(i - 1).instant(), times.get(i).instant());
            longer += pause.equals(Duration.ofHours(1)) ? 0 : 1;
        }
        assertThat(longer).isEqualTo(1);
        assertThat(times).hasSize(365 * 24 - 1);
    }
}
