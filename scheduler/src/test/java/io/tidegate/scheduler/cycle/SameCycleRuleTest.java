package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SameCycleRuleTest {
    private static final LocalTime DAY_START = LocalTime.MIDNIGHT;
    private static final LocalTime DAY_END = LocalTime.of(23, 59);

    private static Cycle hours(int interval, String start, String end) {
        return Hour.every(interval, LocalTime.parse(start), LocalTime.parse(end));
    }

    private static Cycle day(String runAt) {
        return new Day(LocalTime.parse(runAt));
    }

    private static Cycle minutes(int interval, String start, String end) {
        return new Minute(LocalTime.parse(start), interval, LocalTime.parse(end));
    }

    /** The rule's answer as wall times, for readable expectations. */
    private static Map<String, List<String>> waits(Cycle child, boolean childSelf, Cycle parent, boolean parentSelf) {
        return waits(child, childSelf, parent, parentSelf, "2026-11-22", "Asia/Shanghai");
    }

    private static Map<String, List<String>> waits(
            Cycle child, boolean childSelf, Cycle parent, boolean parentSelf, String date, String zone) {
        var shown = new LinkedHashMap<String, List<String>>();
        new SameCycleRule(
                        new NodeCycle(child, ZoneId.of(zone), childSelf),
                        new NodeCycle(parent, ZoneId.of(zone), parentSelf))
                .parentsOn(LocalDate.parse(date))
                .forEach((time, parents) -> shown.put(
                        time.local().toLocalTime().toString(),
                        parents.stream()
                                .map(p -> p.local().toLocalTime().toString())
                                .toList()));
        return shown;
    }

    @Test
    void a_day_waits_for_the_day_however_their_times_lie() {
        assertThat(waits(day("00:15"), false, day("00:00"), false))
                .containsExactly(Map.entry("00:15", List.of("00:00")));
        assertThat(waits(day("00:15"), false, day("05:00"), false))
                .containsExactly(Map.entry("00:15", List.of("05:00")));
        assertThat(waits(day("00:15"), true, day("05:00"), true)).containsExactly(Map.entry("00:15", List.of("05:00")));
    }

    @Test
    void a_day_waits_for_all_hours_of_its_date() {
        assertThat(waits(day("00:00"), false, hours(6, "00:00", "23:59"), false))
                .containsExactly(Map.entry("00:00", List.of("00:00", "06:00", "12:00", "18:00")));
        assertThat(waits(day("00:15"), false, minutes(5, "00:00", "23:59"), false)
                        .get("00:15"))
                .hasSize(288);
    }

    @Test
    void a_day_waits_for_the_nearest_hour_alone_when_the_hours_depend_on_themselves() {
        assertThat(waits(day("00:00"), false, hours(1, "00:00", "23:59"), true))
                .containsExactly(Map.entry("00:00", List.of("00:00")));
        assertThat(waits(day("12:30"), false, hours(1, "00:00", "23:59"), true))
                .containsExactly(Map.entry("12:30", List.of("12:00")));
        assertThat(waits(day("00:05"), false, hours(1, "00:15", "23:59"), true))
                .containsExactly(Map.entry("00:05", List.of("00:15")));
    }

    @Test
    void hours_and_minutes_wait_for_the_day() {
        assertThat(waits(hours(12, "00:15", "23:59"), false, day("00:00"), false))
                .containsExactly(Map.entry("00:15", List.of("00:00")), Map.entry("12:15", List.of("00:00")));
        assertThat(waits(hours(12, "00:15", "23:59"), false, day("08:00"), false))
                .containsExactly(Map.entry("00:15", List.of("08:00")), Map.entry("12:15", List.of("08:00")));
        assertThat(waits(minutes(5, "00:00", "23:59"), false, day("00:00"), false)
                        .values())
                .hasSize(288)
                .allSatisfy(parents -> assertThat(parents).containsExactly("00:00"));
    }

    @Test
    void hours_that_depend_on_themselves_wait_for_the_day_once() {
        assertThat(waits(hours(8, "00:15", "23:59"), true, day("00:00"), false))
                .containsExactly(
                        Map.entry("00:15", List.of("00:00")),
                        Map.entry("08:15", List.of()),
                        Map.entry("16:15", List.of()));
    }

    @Test
    void hours_at_the_same_times_wait_one_for_one() {
        Map<String, List<String>> waits = waits(hours(1, "00:15", "23:59"), false, hours(1, "00:15", "23:59"), false);

        assertThat(waits).hasSize(24);
        waits.forEach((child, parents) -> assertThat(parents).containsExactly(child));
    }

    @Test
    void cycles_of_one_kind_wait_for_the_nearest_time_that_is_not_later() {
        assertThat(waits(hours(2, "00:30", "05:00"), false, hours(3, "00:00", "09:00"), false))
                .containsExactly(
                        Map.entry("00:30", List.of("00:00")),
                        Map.entry("02:30", List.of("00:00")),
                        Map.entry("04:30", List.of("03:00")));
        assertThat(waits(minutes(10, "10:00", "10:20"), false, minutes(15, "10:00", "10:30"), false))
                .containsExactly(
                        Map.entry("10:00", List.of("10:00")),
                        Map.entry("10:10", List.of("10:00")),
                        Map.entry("10:20", List.of("10:15")));
    }

    @Test
    void hours_with_as_many_times_wait_by_place_whatever_the_clock_says() {
        assertThat(waits(hours(2, "00:30", "05:00"), false, hours(3, "00:00", "06:00"), false))
                .containsExactly(
                        Map.entry("00:30", List.of("00:00")),
                        Map.entry("02:30", List.of("03:00")),
                        Map.entry("04:30", List.of("06:00")));
    }

    @Test
    void where_no_time_is_earlier_the_first_of_the_date_is_waited_for() {
        assertThat(waits(hours(2, "00:00", "04:00"), false, hours(1, "03:00", "06:00"), false))
                .containsExactly(
                        Map.entry("00:00", List.of("03:00")),
                        Map.entry("02:00", List.of("03:00")),
                        Map.entry("04:00", List.of("03:00", "04:00")));
    }

    @Test
    void minutes_wait_for_the_nearest_hour() {
        assertThat(waits(minutes(30, "00:00", "01:30"), false, hours(1, "00:15", "23:59"), false))
                .containsExactly(
                        Map.entry("00:00", List.of("00:15")),
                        Map.entry("00:30", List.of("00:15")),
                        Map.entry("01:00", List.of("00:15")),
                        Map.entry("01:30", List.of("01:15")));
    }

    @Test
    void an_hour_waits_for_the_minutes_since_its_previous_time() {
        assertThat(waits(hours(1, "00:00", "02:00"), false, minutes(20, "00:00", "23:59"), false))
                .containsExactly(
                        Map.entry("00:00", List.of("00:00")),
                        Map.entry("01:00", List.of("00:20", "00:40", "01:00")),
                        Map.entry("02:00", List.of("01:20", "01:40", "02:00")));
        assertThat(waits(hours(1, "00:00", "01:00"), false, minutes(20, "00:00", "23:59"), true))
                .containsExactly(Map.entry("00:00", List.of("00:00")), Map.entry("01:00", List.of("01:00")));
    }

    @Test
    void an_hour_without_minutes_since_its_previous_time_waits_for_the_nearest() {
        assertThat(waits(hours(6, "00:00", "23:59"), false, minutes(30, "03:00", "04:00"), false))
                .containsExactly(
                        Map.entry("00:00", List.of("03:00")),
                        Map.entry("06:00", List.of("03:00", "03:30", "04:00")),
                        Map.entry("12:00", List.of("04:00")),
                        Map.entry("18:00", List.of("04:00")));
    }

    @Test
    void clock_changes_leave_nobody_waiting_for_a_time_that_is_not_there() {
        Map<String, List<String>> waits = waits(
                hours(1, "00:15", "23:59"), false, hours(1, "00:00", "23:59"), false, "2025-03-09", "America/New_York");

        assertThat(waits).hasSize(23).containsEntry("01:15", List.of("01:00")).containsEntry("03:15", List.of("03:00"));
    }

    @Test
    void every_time_of_a_child_waits_for_something_unless_it_depends_on_itself() {
        var cycles = List.of(
                new Day(LocalTime.of(0, 15)),
                Hour.every(1, LocalTime.of(0, 15), DAY_END),
                Hour.at(LocalTime.of(5, 0), LocalTime.of(22, 30)),
                new Minute(DAY_START, 5, DAY_END),
                new Minute(LocalTime.of(8, 0), 30, LocalTime.of(9, 0)));
        for (Cycle child : cycles) {
            for (Cycle parent : cycles) {
                for (boolean parentSelf : new boolean[] {false, true}) {
                    assertThat(waits(child, false, parent, parentSelf).values())
                            .as("%s on %s", child, parent)
                            .allSatisfy(parents -> assertThat(parents).isNotEmpty());
                }
            }
        }
    }

    @Test
    void times_of_other_zones_are_the_same_when_they_are_the_same_moment_whatever_their_names() {
        for (String zone : List.of("Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC")) {
            var tens = new NodeCycle(minutes(10, "00:00", "23:59"), ZoneId.of("Europe/Berlin"), false);
            for (boolean self : new boolean[] {false, true}) {
                var fives = new NodeCycle(minutes(5, "00:00", "23:59"), ZoneId.of(zone), self);
                ScheduledTime at = ScheduledTime.at(LocalDateTime.parse("2026-11-22T19:30"), tens.zone());

                List<ScheduledTime> waits = new SameCycleRule(tens, fives)
                        .parentsOn(LocalDate.parse("2026-11-22"))
                        .getOrDefault(at, List.of());

                assertThat(waits)
                        .as(zone + (self ? ", depends on itself" : ""))
                        .extracting(ScheduledTime::instant)
                        .isEqualTo(
                                self
                                        ? List.of(at.instant())
                                        : List.of(at.instant().minus(Duration.ofMinutes(5)), at.instant()));
            }
        }
    }
}
