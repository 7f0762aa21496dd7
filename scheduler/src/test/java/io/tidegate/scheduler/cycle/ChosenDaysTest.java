package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weeks, months and years: one instance every day, which works on the chosen days only. */
class ChosenDaysTest {
    private static final LocalTime QUARTER_PAST = LocalTime.of(0, 15);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static List<String> realRuns(Cycle cycle, String from, String to) {
        return LocalDate.parse(from)
                .datesUntil(LocalDate.parse(to).plusDays(1))
                .filter(cycle::isRealRun)
                .map(LocalDate::toString)
                .toList();
    }

    @Test
    void there_is_one_time_every_day_whatever_is_chosen() {
        for (Cycle cycle : List.of(
                Week.on(QUARTER_PAST, Weekday.MON),
                Month.on(QUARTER_PAST, 31),
                new Year(List.of(2), List.of(29), false, QUARTER_PAST))) {
            for (LocalDate date = LocalDate.of(2026, 1, 1); date.getYear() == 2026; date = date.plusDays(1)) {
                assertThat(cycle.scheduledTimes(date, SHANGHAI))
                        .singleElement()
                        .isEqualTo(ScheduledTime.at(date.atTime(QUARTER_PAST), SHANGHAI));
            }
        }
    }

    @Test
    void a_week_works_on_its_days() {
        assertThat(realRuns(Week.on(QUARTER_PAST, Weekday.FRI, Weekday.MON), "2026-11-16", "2026-11-29"))
                .containsExactly("2026-11-16", "2026-11-20", "2026-11-23", "2026-11-27");
        LocalDate date = LocalDate.of(2026, 11, 16);
        for (Weekday day : Weekday.values()) {
            assertThat(realRuns(Week.on(QUARTER_PAST, day), "2026-11-16", "2026-11-22"))
                    .containsExactly(date.toString());
            assertThat(date.getDayOfWeek()).isEqualTo(day.dayOfWeek());
            date = date.plusDays(1);
        }
    }

    @Test
    void a_month_works_on_its_days_and_never_on_days_that_a_month_lacks() {
        assertThat(realRuns(Month.on(QUARTER_PAST, 15, 1), "2026-01-01", "2026-02-28"))
                .containsExactly("2026-01-01", "2026-01-15", "2026-02-01", "2026-02-15");
        assertThat(realRuns(Month.on(QUARTER_PAST, 31), "2026-01-01", "2026-12-31"))
                .containsExactly(
                        "2026-01-31",
                        "2026-03-31",
                        "2026-05-31",
                        "2026-07-31",
                        "2026-08-31",
                        "2026-10-31",
                        "2026-12-31");
        assertThat(realRuns(Month.on(QUARTER_PAST, 31), "2026-04-01", "2026-04-30"))
                .isEmpty();
    }

    @Test
    void the_last_day_of_the_month_moves_with_its_length() {
        assertThat(realRuns(Month.onLastDay(QUARTER_PAST), "2028-01-01", "2028-04-30"))
                .containsExactly("2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30");
        assertThat(realRuns(Month.onLastDay(QUARTER_PAST), "2027-02-01", "2027-02-28"))
                .containsExactly("2027-02-28");
        assertThat(realRuns(Month.onLastDay(QUARTER_PAST), "2100-02-01", "2100-02-28"))
                .containsExactly("2100-02-28");
        assertThat(realRuns(new Month(List.of(30), true, QUARTER_PAST), "2026-04-01", "2026-05-31"))
                .containsExactly("2026-04-30", "2026-05-30", "2026-05-31");
    }

    @Test
    void a_year_works_on_the_days_of_its_months() {
        assertThat(realRuns(
                        new Year(List.of(10, 1, 4, 7), List.of(1), false, QUARTER_PAST), "2026-01-01", "2026-12-31"))
                .containsExactly("2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01");
        assertThat(realRuns(new Year(List.of(2), List.of(29), false, QUARTER_PAST), "2024-01-01", "2032-12-31"))
                .containsExactly("2024-02-29", "2028-02-29", "2032-02-29");
        assertThat(realRuns(new Year(List.of(2, 6), List.of(), true, QUARTER_PAST), "2027-01-01", "2028-12-31"))
                .containsExactly("2027-02-28", "2027-06-30", "2028-02-29", "2028-06-30");
    }

    @Test
    void a_chosen_day_in_the_gap_of_the_clocks_runs_at_its_end() {
        ZoneId newYork = ZoneId.of("America/New_York");
        // Sunday 9 March 2025, 02:00 becomes 03:00.
        LocalDate date = LocalDate.of(2025, 3, 9);
        for (Cycle cycle : List.of(
                Week.on(LocalTime.of(2, 30), Weekday.SUN),
                Month.on(LocalTime.of(2, 30), 9),
                new Year(List.of(3), List.of(9), false, LocalTime.of(2, 30)))) {
            ScheduledTime time = cycle.scheduledTimes(date, newYork).get(0);

            assertThat(time.local()).isEqualTo("2025-03-09T02:30");
            assertThat(time.instant()).isEqualTo("2025-03-09T07:00:00Z");
            assertThat(cycle.isRealRun(time)).isTrue();
            assertThat(cycle.clockChanges(date, newYork))
                    .singleElement()
                    .extracting(ClockChange::effect)
                    .isEqualTo(ClockChange.Effect.MOVED);
        }
    }

    @Test
    void a_chosen_day_whose_time_is_moved_past_midnight_is_still_that_day() {
        // Nuuk, Saturday 29 March 2025: 23:00 becomes 00:00 of the 30th.
        ZoneId nuuk = ZoneId.of("America/Nuuk");
        Cycle saturdays = Week.on(LocalTime.of(23, 30), Weekday.SAT);

        ScheduledTime moved =
                saturdays.scheduledTimes(LocalDate.of(2025, 3, 29), nuuk).get(0);
        ScheduledTime next =
                saturdays.scheduledTimes(LocalDate.of(2025, 3, 30), nuuk).get(0);

        assertThat(moved.instant()).isEqualTo("2025-03-30T01:00:00Z");
        assertThat(saturdays.isRealRun(moved)).isTrue();
        assertThat(saturdays.isRealRun(next)).isFalse();
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                Arguments.of(Week.on(QUARTER_PAST), "days", "the list is empty"),
                Arguments.of(Week.on(QUARTER_PAST, Weekday.MON, Weekday.MON), "days", "MON stands there twice"),
                Arguments.of(Week.on(LocalTime.of(0, 15, 1), Weekday.MON), "runAt", "not a whole minute"),
                Arguments.of(Month.on(QUARTER_PAST), "days", "the list is empty"),
                Arguments.of(Month.on(QUARTER_PAST, 0), "days", "0 is not between 1 and 31"),
                Arguments.of(Month.on(QUARTER_PAST, 32), "days", "32 is not between 1 and 31"),
                Arguments.of(Month.on(QUARTER_PAST, 5, 5), "days", "5 stands there twice"),
                Arguments.of(new Month(List.of(-1), true, QUARTER_PAST), "days", "-1 is not between 1 and 31"),
                Arguments.of(new Year(List.of(), List.of(1), false, QUARTER_PAST), "months", "the list is empty"),
                Arguments.of(new Year(List.of(13), List.of(1), false, QUARTER_PAST), "months", "13 is not between 1"),
                Arguments.of(new Year(List.of(1), List.of(), false, QUARTER_PAST), "days", "the list is empty"),
                Arguments.of(
                        new Year(List.of(2), List.of(30, 31), false, QUARTER_PAST),
                        "days",
                        "none of the months [2] has one of the days [30, 31]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsound")
    void a_wrong_choice_names_the_field_and_the_cure(Cycle cycle, String field, String message) {
        assertThat(cycle.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(message);
            assertThat(problem.cure()).isNotBlank();
        });
    }

    @Test
    void the_last_day_alone_is_a_choice() {
        assertThat(Month.onLastDay(QUARTER_PAST).problems()).isEmpty();
        assertThat(new Year(List.of(2), List.of(30), true, QUARTER_PAST).problems())
                .isEmpty();
    }
}
