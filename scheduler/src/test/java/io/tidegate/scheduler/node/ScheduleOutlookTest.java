package io.tidegate.scheduler.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ClockChange;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.cycle.Month;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import io.tidegate.scheduler.cycle.Year;
import io.tidegate.scheduler.node.OutlookFinding.Kind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the coming year of a node holds. It is 22 November 2026, 10:05 in the zone. */
class ScheduleOutlookTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime QUARTER_PAST = LocalTime.of(0, 15);
    private static final LocalTime LAST = LocalTime.of(23, 59);
    private static final Cycle HOURLY = Hour.every(1, QUARTER_PAST, LAST);

    private static Outlook outlook(NodeDocument document, ZoneId zone) {
        return Copies.outlook(
                document,
                zone,
                LocalDateTime.parse("2026-11-22T10:05").atZone(zone).toInstant());
    }

    private static OutlookFinding only(NodeDocument document, ZoneId zone) {
        List<OutlookFinding> findings = outlook(document, zone).findings();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void an_hourly_window_every_two_hours_leaves_a_gap_each_time() {
        OutlookFinding gap = only(
                Copies.of(
                        Hour.every(2, QUARTER_PAST, LAST),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$cyctime"),
                SHANGHAI);

        assertThat(gap.kind()).isEqualTo(Kind.GAP);
        assertThat(gap.count()).isEqualTo(365 * 12 - 1);
        assertThat(gap.firstRun()).isEqualTo("2026-11-22T12:15");
        assertThat(gap.from()).isEqualTo("2026-11-22T10:00");
        assertThat(gap.to()).isEqualTo("2026-11-22T11:00");
        assertThat(gap.finding().message()).contains("2026-11-22 10:00").contains("It happens 4,379 times");
        assertThat(gap.finding().severity()).isEqualTo(Finding.Severity.WARNING);
    }

    @Test
    void a_pause_at_night_is_a_gap_once_a_day() {
        OutlookFinding gap = only(
                Copies.of(
                        Hour.every(1, LocalTime.of(8, 15), LocalTime.of(20, 59)),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$cyctime"),
                SHANGHAI);

        assertThat(gap.kind()).isEqualTo(Kind.GAP);
        assertThat(gap.count()).isEqualTo(365);
        assertThat(gap.from()).isEqualTo("2026-11-22T20:00");
        assertThat(gap.to()).isEqualTo("2026-11-23T07:00");
    }

    @Test
    void weekly_windows_of_eight_days_overlap_and_those_of_a_week_join() {
        Cycle mondays = Week.on(QUARTER_PAST, Weekday.MON);
        assertThat(outlook(Copies.of(mondays, "$[yyyymmdd-7]000000", "$[yyyymmdd]000000", "$bizdate"), NEW_YORK)
                        .findings())
                .isEmpty();

        OutlookFinding overlap =
                only(Copies.of(mondays, "$[yyyymmdd-8]000000", "$[yyyymmdd]000000", "$bizdate"), NEW_YORK);

        assertThat(overlap.kind()).isEqualTo(Kind.OVERLAP);
        // The first of the year's 53 Mondays follows none.
        assertThat(overlap.count()).isEqualTo(52);
        assertThat(overlap.firstRun()).isEqualTo("2026-11-30T00:15");
        assertThat(overlap.from()).isEqualTo("2026-11-22T00:00");
        assertThat(overlap.to()).isEqualTo("2026-11-23T00:00");
    }

    @Test
    void thirty_days_are_no_month() {
        List<OutlookFinding> findings = outlook(
                        Copies.of(Month.on(QUARTER_PAST, 1), "$[yyyymmdd-30]000000", "$[yyyymmdd]000000", "$bizdate"),
                        SHANGHAI)
                .findings();

        assertThat(findings).extracting(OutlookFinding::kind).containsExactly(Kind.GAP, Kind.OVERLAP);
        // Seven months of 31 days, but the first window of the year follows none.
        assertThat(findings).extracting(OutlookFinding::count).containsExactly(7, 1);
        assertThat(findings.get(1).firstRun()).isEqualTo("2027-03-01T00:15");
    }

    @Test
    void windows_meant_in_another_zone_join_as_long_as_that_zone_has_their_times() {
        assertThat(outlook(
                                Copies.into(
                                        "UTC", HOURLY, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000", "$cyctime"),
                                NEW_YORK)
                        .findings())
                .isEmpty();

        // London has no 01:00 to 02:00 on 28 March 2027.
        List<OutlookFinding> findings = outlook(
                        Copies.into(
                                "Europe/London", HOURLY, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000", "$cyctime"),
                        ZoneId.of("UTC"))
                .findings();
        assertThat(findings)
                .filteredOn(f -> f.kind() == Kind.EMPTY_WINDOW)
                .singleElement()
                .satisfies(f -> assertThat(f.firstRun()).isEqualTo("2027-03-28T02:15"));
    }

    @Test
    void windows_of_two_hours_join_where_the_clocks_change() {
        assertThat(outlook(
                                Copies.of(
                                        Hour.every(2, QUARTER_PAST, LAST),
                                        "$[yyyymmddhh24-2/24]0000",
                                        "$[yyyymmddhh24]0000",
                                        "$[yyyymmddhh24]"),
                                NEW_YORK)
                        .findings())
                .isEmpty();
    }

    @Test
    void chosen_times_that_fall_together_leave_a_gap_in_windows_that_lag_behind_and_the_cure_says_so() {
        LocalTime[] everyHour =
                IntStream.range(0, 24).mapToObj(hour -> LocalTime.of(hour, 0)).toArray(LocalTime[]::new);
        List<OutlookFinding> findings = outlook(
                        Copies.of(
                                Hour.at(everyHour),
                                "$[yyyymmddhh24-2/24]0000",
                                "$[yyyymmddhh24-1/24]0000",
                                "$[yyyymmddhh24-1/24]"),
                        NEW_YORK)
                .findings();

        assertThat(findings).extracting(OutlookFinding::kind).containsExactly(Kind.EMPTY_WINDOW, Kind.CLOCK_GAP);
        OutlookFinding gap = findings.get(1);
        assertThat(gap.count()).isEqualTo(1);
        assertThat(gap.from()).isEqualTo("2027-03-14T01:00");
        assertThat(gap.finding().cure()).startsWith("The clocks change between these two runs");
    }

    @Test
    void runs_that_write_to_one_partition_are_found_though_a_day_lies_between_them() {
        OutlookFinding replaced =
                only(Copies.of(HOURLY, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000", "$[hh24]"), SHANGHAI);

        assertThat(replaced.kind()).isEqualTo(Kind.PARTITION_REPLACED);
        assertThat(replaced.from()).isEqualTo("2026-11-22T10:15");
        assertThat(replaced.to()).isEqualTo("2026-11-23T10:15");
        assertThat(replaced.place()).isEqualTo("ds=10");
        assertThat(replaced.count()).isEqualTo(365 * 24 - 24);
    }

    @Test
    void inserting_into_one_partition_replaces_nothing() {
        assertThat(outlook(
                                Copies.into("UTC", HOURLY, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000", "all"),
                                ZoneId.of("UTC"))
                        .findings())
                .isEmpty();
    }

    @Test
    void empty_windows_and_windows_that_are_not_over_yet_are_found() {
        List<OutlookFinding> findings = outlook(
                        Copies.of(HOURLY, "$[yyyymmddhh24]0000", "$[yyyymmddhh24]0000", "$cyctime"), SHANGHAI)
                .findings();
        assertThat(findings).extracting(OutlookFinding::kind).contains(Kind.EMPTY_WINDOW);
        assertThat(findings.get(0).finding().severity()).isEqualTo(Finding.Severity.ERROR);

        OutlookFinding ahead =
                only(Copies.of(HOURLY, "$[yyyymmddhh24]0000", "$[yyyymmddhh24+1/24]0000", "$cyctime"), SHANGHAI);
        assertThat(ahead.kind()).isEqualTo(Kind.ENDS_AFTER_RUN);
        assertThat(ahead.to()).isEqualTo("2026-11-22T11:00");
    }

    @Test
    void a_bound_that_is_no_time_is_told_once() {
        OutlookFinding noWindow =
                only(Copies.of(HOURLY, "$[yyyymmddhh24-1/24]00000", "$[yyyymmddhh24]0000", "$cyctime"), SHANGHAI);

        assertThat(noWindow.kind()).isEqualTo(Kind.NO_WINDOW);
        assertThat(noWindow.finding().message()).contains("15 digits");
    }

    @Test
    void the_31st_is_missing_in_five_months_and_29_february_in_most_years() {
        NodeDocument months = NodeDocument.of("", Month.on(QUARTER_PAST, 31));
        OutlookFinding missing = only(months, SHANGHAI);
        assertThat(missing.kind()).isEqualTo(Kind.DAY_MISSING);
        assertThat(missing.count()).isEqualTo(5);
        assertThat(missing.finding().message()).contains("2026-11").contains("the day 31");

        List<OutlookFinding> leap = outlook(
                        NodeDocument.of("", new Year(List.of(2), List.of(29), false, QUARTER_PAST)), SHANGHAI)
                .findings();
        assertThat(leap).extracting(OutlookFinding::kind).containsExactly(Kind.NO_RUN, Kind.DAY_MISSING);
        assertThat(outlook(NodeDocument.of("", Month.onLastDay(QUARTER_PAST)), SHANGHAI)
                        .findings())
                .isEmpty();
    }

    @Test
    void a_schedule_that_is_over_has_no_run() {
        NodeDocument over = NodeDocument.of("", HOURLY)
                .withSchedule(Schedule.of(HOURLY).withValidity(null, LocalDate.of(2026, 11, 21)));

        OutlookFinding noRun = only(over, SHANGHAI);

        assertThat(noRun.kind()).isEqualTo(Kind.NO_RUN);
        assertThat(noRun.finding().field()).isEqualTo("/schedule/validTo");
    }

    @Test
    void times_that_do_not_exist_or_are_shown_twice_are_told() {
        assertThat(outlook(NodeDocument.of("", HOURLY), NEW_YORK).clockChanges())
                .extracting(change -> change.wall() + " " + change.effect())
                .containsExactly("2027-03-14T02:15 LEFT_OUT", "2027-11-07T01:15 RUNS_ONCE");
        assertThat(outlook(NodeDocument.of("", new Day(LocalTime.of(2, 30))), NEW_YORK)
                        .clockChanges())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.effect()).isEqualTo(ClockChange.Effect.MOVED);
                    assertThat(change.runsAt()).isNotNull();
                });
        assertThat(outlook(NodeDocument.of("", Week.on(LocalTime.of(2, 30), Weekday.MON)), NEW_YORK)
                        .clockChanges())
                .as("clocks change on Sundays")
                .isEmpty();
        assertThat(outlook(NodeDocument.of("", new Day(LocalTime.of(23, 30))), ZoneId.of("America/Nuuk"))
                        .clockChanges())
                .extracting(change -> change.wall() + " " + change.effect())
                .containsExactly("2027-03-27T23:30 MOVED", "2027-10-30T23:30 RUNS_ONCE");
    }

    @Test
    void a_day_that_moves_past_midnight_stays_the_day_it_was_meant_for() {
        assertThat(outlook(
                                Copies.of(
                                        new Day(LocalTime.of(23, 30)),
                                        "$[yyyymmdd-1]000000",
                                        "$[yyyymmdd]000000",
                                        "$bizdate"),
                                ZoneId.of("America/Nuuk"))
                        .findings())
                .isEmpty();
    }

    @Test
    void a_year_of_five_minutes_is_looked_at_in_full_within_two_seconds() {
        NodeDocument document = Copies.of(
                new Minute(LocalTime.MIDNIGHT, 5, LAST),
                "$[yyyymmddhh24mi-8/24/60]00",
                "$[yyyymmddhh24mi-3/24/60]00",
                "$[yyyymmddhh24mi-8/24/60]");
        outlook(document, NEW_YORK);
        // Of this thread, so that a busy machine does not count.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();

        Outlook outlook = outlook(document, NEW_YORK);

        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun);
        assertThat(outlook.runs()).isEqualTo(365 * 288 - 12);
        assertThat(outlook.allUntil()).isEqualTo("2027-11-22");
        assertThat(outlook.findings()).isEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void of_a_year_of_minutes_the_first_months_and_the_days_of_clock_changes_are_looked_at() {
        Outlook outlook = outlook(
                Copies.into(
                        "Europe/London",
                        new Minute(LocalTime.MIDNIGHT, 1, LAST),
                        "$[yyyymmddhh24mi-2/24/60]00",
                        "$[yyyymmddhh24mi-1/24/60]00",
                        "$cyctime"),
                NEW_YORK);

        assertThat(outlook.allUntil()).isEqualTo("2027-02-06");
        assertThat(outlook.to()).isEqualTo("2027-11-22");
        assertThat(outlook.runs()).isGreaterThan(ScheduleOutlook.RUNS_MAX + 11 * 1440);
        // 01:59 is not there in London, and is read as 02:59.
        assertThat(outlook.findings())
                .filteredOn(finding -> finding.kind() == Kind.EMPTY_WINDOW)
                .singleElement()
                .satisfies(finding -> assertThat(finding.firstRun()).isEqualTo("2027-03-28T02:01"));
    }

    @Test
    void a_cycle_that_is_not_sound_has_no_outlook() {
        assertThat(ScheduleOutlook.of(NodeDocument.of("", Week.on(QUARTER_PAST)), null, SHANGHAI, Instant.EPOCH))
                .isEmpty();
    }
}
