package io.tidegate.scheduler.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.cycle.Month;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that a user meets first, from the scheduled time through parameters to the window and the partition. */
class SeedScenariosTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalTime QUARTER_PAST = LocalTime.of(0, 15);
    private static final LocalTime LAST = LocalTime.of(23, 59);
    private static final Cycle FIVE_MINUTES = new Minute(LocalTime.MIDNIGHT, 5, LAST);
    private static final Cycle WEEKLY = Week.on(QUARTER_PAST, Weekday.MON);
    private static final Cycle MONTHLY = Month.on(QUARTER_PAST, 1);

    static Stream<Arguments> scenarios() {
        return Stream.of(
                scenario(
                        FIVE_MINUTES,
                        "$[yyyymmddhh24mi-8/24/60]00",
                        "$[yyyymmddhh24mi-3/24/60]00",
                        "$[yyyymmddhh24mi-8/24/60]",
                        "2022-11-22T10:00",
                        "2022-11-22T09:52",
                        "2022-11-22T09:57",
                        "202211220952"),
                scenario(
                        FIVE_MINUTES,
                        "$[yyyymmddhh24mi-8/24/60]00",
                        "$[yyyymmddhh24mi-3/24/60]00",
                        "$[yyyymmddhh24mi-8/24/60]",
                        "2022-11-22T00:05",
                        "2022-11-21T23:57",
                        "2022-11-22T00:02",
                        "202211212357"),
                scenario(
                        hours(1),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]",
                        "2022-11-22T10:15",
                        "2022-11-22T09:00",
                        "2022-11-22T10:00",
                        "2022112210"),
                scenario(
                        hours(1),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]",
                        "2022-11-22T00:15",
                        "2022-11-21T23:00",
                        "2022-11-22T00:00",
                        "2022112200"),
                scenario(
                        hours(2),
                        "$[yyyymmddhh24-2/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]",
                        "2022-11-22T10:15",
                        "2022-11-22T08:00",
                        "2022-11-22T10:00",
                        "2022112210"),
                scenario(
                        hours(3),
                        "$[yyyymmddhh24-3/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]",
                        "2022-11-22T00:15",
                        "2022-11-21T21:00",
                        "2022-11-22T00:00",
                        "2022112200"),
                scenario(
                        new Day(QUARTER_PAST),
                        "$[yyyymmdd-1]000000",
                        "$[yyyymmdd]000000",
                        "$[yyyymmdd-1]",
                        "2022-11-22T00:15",
                        "2022-11-21T00:00",
                        "2022-11-22T00:00",
                        "20221121"),
                scenario(
                        WEEKLY,
                        "$[yyyymmdd-7]000000",
                        "$[yyyymmdd]000000",
                        "$[yyyymmdd-1]",
                        "2022-11-21T00:15",
                        "2022-11-14T00:00",
                        "2022-11-21T00:00",
                        "20221120"),
                scenario(
                        MONTHLY,
                        "$[add_months(yyyymmdd,-1)]000000",
                        "$[yyyymmdd]000000",
                        "$[yyyymmdd-1]",
                        "2022-12-01T00:15",
                        "2022-11-01T00:00",
                        "2022-12-01T00:00",
                        "20221130"),
                scenario(
                        MONTHLY,
                        "$[add_months(yyyymmdd,-1)]000000",
                        "$[yyyymmdd]000000",
                        "$[yyyymmdd-1]",
                        "2023-03-01T00:15",
                        "2023-02-01T00:00",
                        "2023-03-01T00:00",
                        "20230228"));
    }

    private static Cycle hours(int interval) {
        return Hour.every(interval, QUARTER_PAST, LAST);
    }

    private static Arguments scenario(
            Cycle cycle, String start, String end, String label, String at, String from, String to, String partition) {
        return Arguments.of(Copies.of(cycle, start, end, label), LocalDateTime.parse(at), from, to, partition);
    }

    @ParameterizedTest(name = "{1}: {2} to {3} into {4}")
    @MethodSource("scenarios")
    void a_time_becomes_a_window_and_a_partition(
            NodeDocument document, LocalDateTime at, String from, String to, String partition) {
        PreviewedRun run = Copies.at(document, at, SHANGHAI);

        assertThat(run.dryRun()).isFalse();
        assertThat(run.problem()).isNull();
        assertThat(run.copy())
                .isEqualTo(new PreviewedRun.Copy(instant(from), instant(to), SHANGHAI, "orders", "ds=" + partition));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("scenarios")
    void their_windows_join_for_a_year_in_zones_with_and_without_clock_changes(
            NodeDocument document, LocalDateTime at, String from, String to, String partition) {
        // Two and three hours on the clock are another stretch of time where it changes; the outlook says so.
        boolean severalHours = document.schedule().cycle() instanceof Hour hour
                && !Integer.valueOf(1).equals(hour.interval());
        List<String> zones = severalHours
                ? List.of("Asia/Shanghai", "UTC")
                : List.of("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Adelaide");
        for (String zone : zones) {
            Outlook outlook = Copies.outlook(document, ZoneId.of(zone), instant(at.toString()));

            assertThat(outlook.findings()).as(zone).isEmpty();
            assertThat(outlook.runs()).as(zone).isGreaterThan(11);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("scenarios")
    void on_days_that_are_not_chosen_they_run_dry(
            NodeDocument document, LocalDateTime at, String from, String to, String partition) {
        boolean everyDay =
                document.schedule().cycle() != WEEKLY && document.schedule().cycle() != MONTHLY;

        assertThat(Copies.at(document, at.plusDays(1), SHANGHAI).dryRun()).isEqualTo(!everyDay);
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
