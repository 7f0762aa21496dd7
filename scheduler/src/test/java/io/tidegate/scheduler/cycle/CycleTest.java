package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CycleTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private static List<LocalTime> times(Cycle cycle) {
        return cycle.scheduledTimes(DAY, SHANGHAI).stream()
                .map(time -> time.local().toLocalTime())
                .toList();
    }

    private static LocalTime t(String time) {
        return LocalTime.parse(time);
    }

    @Test
    void minutes_run_from_the_start_to_the_end_with_the_end_included() {
        assertThat(times(new Minute(t("00:00"), 5, t("23:59"))))
                .hasSize(288)
                .startsWith(t("00:00"), t("00:05"))
                .endsWith(t("23:55"));
        assertThat(times(new Minute(t("00:00"), 1, t("23:59")))).hasSize(1440);
        assertThat(times(new Minute(t("10:00"), 30, t("11:00")))).containsExactly(t("10:00"), t("10:30"), t("11:00"));
        assertThat(times(new Minute(t("10:00"), 50, t("12:00")))).containsExactly(t("10:00"), t("10:50"), t("11:40"));
        assertThat(times(new Minute(t("10:00"), 5, t("10:00")))).containsExactly(t("10:00"));
    }

    @Test
    void hours_keep_the_minute_of_their_start() {
        assertThat(times(Hour.every(1, t("00:00"), t("03:00"))))
                .containsExactly(t("00:00"), t("01:00"), t("02:00"), t("03:00"));
        assertThat(times(Hour.every(6, t("00:00"), t("23:59"))))
                .containsExactly(t("00:00"), t("06:00"), t("12:00"), t("18:00"));
        assertThat(times(Hour.every(1, t("00:15"), t("23:59")))).hasSize(24).endsWith(t("23:15"));
        assertThat(times(Hour.every(3, t("00:15"), t("23:59")))).hasSize(8).endsWith(t("21:15"));
        assertThat(times(Hour.every(23, t("02:00"), t("23:59")))).containsExactly(t("02:00"));
    }

    @Test
    void hours_at_chosen_times_run_in_order_of_time() {
        assertThat(times(Hour.at(t("12:30"), t("00:15"), t("05:15"))))
                .containsExactly(t("00:15"), t("05:15"), t("12:30"));
    }

    @Test
    void a_day_runs_once() {
        assertThat(new Day(t("00:15")).scheduledTimes(DAY, SHANGHAI))
                .singleElement()
                .satisfies(time -> assertThat(time.instant()).isEqualTo(Instant.parse("2026-11-21T16:15:00Z")));
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                Arguments.of(new Minute(t("00:00"), 0, t("23:59")), "interval", "0 is not between 1 and 59"),
                Arguments.of(new Minute(t("00:00"), 60, t("23:59")), "interval", "60 is not between 1 and 59"),
                Arguments.of(new Minute(t("00:00"), -5, t("23:59")), "interval", "-5 is not"),
                Arguments.of(new Minute(t("10:00"), 5, t("09:59")), "endAt", "09:59 is before the start, 10:00"),
                Arguments.of(new Minute(t("10:00:30"), 5, t("23:59")), "startFrom", "10:00:30 is not a whole minute"),
                Arguments.of(new Minute(t("10:00"), 5, t("23:59:59")), "endAt", "23:59:59 is not a whole minute"),
                Arguments.of(Hour.every(0, t("00:00"), t("23:59")), "interval", "0 is not between 1 and 23"),
                Arguments.of(Hour.every(24, t("00:00"), t("23:59")), "interval", "24 is not between 1 and 23"),
                Arguments.of(Hour.every(1, t("10:00"), t("09:00")), "endAt", "09:00 is before the start, 10:00"),
                Arguments.of(Hour.every(1, t("10:00:01"), t("19:00")), "startFrom", "not a whole minute"),
                Arguments.of(new Hour(null, 1, t("09:00"), null), "startFrom", "no time is given"),
                Arguments.of(Hour.at(), "times", "the list is empty"),
                Arguments.of(Hour.at(t("10:00"), t("10:00")), "times", "10:00 stands there twice"),
                Arguments.of(Hour.at(t("10:00:01")), "times", "not a whole minute"),
                Arguments.of(new Hour(t("00:00"), 1, null, List.of(t("10:00"))), "times", "both times and an interval"),
                Arguments.of(new Day(t("10:00:01")), "runAt", "not a whole minute"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsound")
    void a_wrong_cycle_names_the_field_and_has_no_times(Cycle cycle, String field, String message) {
        assertThat(cycle.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(message);
            assertThat(problem.cure()).isNotBlank();
        });
        assertThatExceptionOfType(InvalidCycleException.class)
                .isThrownBy(() -> cycle.scheduledTimes(DAY, SHANGHAI))
                .withMessageContaining(field + ": ");
        assertThatExceptionOfType(InvalidCycleException.class)
                .isThrownBy(() -> cycle.between(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), SHANGHAI));
        assertThatExceptionOfType(InvalidCycleException.class).isThrownBy(() -> cycle.next(Instant.EPOCH, 1, SHANGHAI));
        assertThatExceptionOfType(InvalidCycleException.class).isThrownBy(cycle::wallTimes);
    }

    @Test
    void every_wrong_field_is_told_at_once() {
        assertThat(new Minute(t("10:00:01"), 0, t("09:00")).problems())
                .extracting(CycleProblem::field)
                .containsExactly("startFrom", "interval", "endAt");
    }

    @ParameterizedTest(name = "({0}, {1}] has {2}")
    @CsvSource({
        "2026-11-22T00:15:00Z, 2026-11-22T01:15:00Z, 1",
        "2026-11-22T00:14:59Z, 2026-11-22T01:15:00Z, 2",
        "2026-11-22T00:15:00Z, 2026-11-22T01:14:59Z, 0",
        "2026-11-22T00:15:00Z, 2026-11-22T00:15:00Z, 0",
        "2026-11-22T01:15:00Z, 2026-11-22T00:15:00Z, 0",
        "2026-11-20T00:15:00Z, 2026-11-22T00:15:00Z, 48",
    })
    void a_range_leaves_out_its_start_and_includes_its_end(Instant from, Instant to, int count) {
        assertThat(Hour.every(1, t("00:15"), t("23:59")).between(from, to, SHANGHAI))
                .hasSize(count);
    }

    @Test
    void ranges_that_meet_give_together_what_one_range_gives() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var cycles = List.of(
                new Minute(t("00:00"), 7, t("23:59")),
                Hour.every(1, t("00:15"), t("23:59")),
                Hour.every(2, t("01:30"), t("23:59")),
                Hour.at(t("01:30"), t("02:15"), t("23:30")),
                new Day(t("02:30")));
        var zones = List.of("America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Nuuk", "Asia/Shanghai");
        for (int i = 0; i < 300; i++) {
            Cycle cycle = cycles.get(random.nextInt(cycles.size()));
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Instant from = Instant.parse("2025-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
            Instant to = from.plusSeconds(random.nextInt(8 * 86_400));
            var pieces = new ArrayList<ScheduledTime>();
            for (Instant at = from; at.isBefore(to); ) {
                Instant next = at.plusSeconds(1 + random.nextInt(86_400));
                next = next.isAfter(to) ? to : next;
                pieces.addAll(cycle.between(at, next, zone));
                at = next;
            }
            assertThat(pieces)
                    .as("seed %d, %s in %s from %s to %s", seed, cycle, zone, from, to)
                    .isEqualTo(cycle.between(from, to, zone))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void the_next_times_are_those_that_follow() {
        var cycle = Hour.every(6, t("00:00"), t("23:59"));
        Instant after = Instant.parse("2026-11-22T10:00:00Z");

        List<ScheduledTime> next = cycle.next(after, 10, SHANGHAI);

        assertThat(next).isEqualTo(cycle.between(after, after.plus(Duration.ofHours(60)), SHANGHAI));
        // 10:00 in UTC is 18:00 in Shanghai, itself left out.
        assertThat(next.get(0).instant()).isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
        assertThat(cycle.next(after, 0, SHANGHAI)).isEmpty();
    }
}
