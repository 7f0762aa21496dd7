package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.scheduler.cycle.Pace;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterExpressionTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static String at(String time, ZoneId zone, String expression) {
        return ParameterExpression.parse(expression)
                .evaluate(ParameterContext.of(LocalDateTime.parse(time), zone, Pace.every(Duration.ofHours(1))));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "constant | constant",
                "ods_$bizdate | ods_20261121",
                "$bizdate000000 | 20261121000000",
                "a${yyyy}b$[mm]c$gmtdate | a2026b11c20261122",
                "${yyyy}-01-01 | 2026-01-01",
                "${yyyymmdd+1} | 20261122",
                "${yyyymm+2} | 202701",
                "${yyyy+1} | 2027",
                "${mm-12} | 11",
                "${yyyymmdd-7*2} | 20261107",
                "${yyyymmdd - 7 * 2} | 20261107",
                "${bdp.system.bizdate} | 20261121",
                "${bdp.system.cyctime} | 20261122103045",
                "$[yyyymmddhh24miss] | 20261122103045",
                "$[yyyymmddhh24miss - 1 / 24 / 60] | 20261122102945",
                "$[yyyymmddhh24miss-1/24/60 ] | 20261122102945",
                "$[yyyymmddhh24miss+1/86400] | 20261122103046",
                "$[yyyymmddhh24miss-1/2] | 20261121223045",
                "$[yyyymmdd-7*3] | 20261101",
                "$[yyyymmddhh24-24/24] | 2026112110",
                "$[yyyy-mm-ddThh24:mi:ssZ] | 2026-11-22T10:30:45Z",
                "$[yyyy年mm月dd日] | 2026年11月22日",
                "$[mimmmi] | 301130",
                "$[hh24miss] | 103045",
                "$[yyyymmddhh240000] | 20261122100000",
                "$[add_months(yyyymmdd,1)] | 20261222",
                "$[add_months(yyyymmdd,+1)] | 20261222",
                "$[add_months( yyyymmdd , -12*2 )] | 20241122",
                "$[ add_months (yyyy,mm,dd,-1) ] | 2026,10,22",
                "$[(yyyy)] | (2026)",
                "{\"a\":[1]} | {\"a\":[1]}",
            })
    void an_expression_has_its_value(String expression, String value) {
        assertThat(at("2026-11-22T10:30:45", SHANGHAI, expression).strip()).isEqualTo(value);
    }

    @Test
    void ids_are_put_in_where_they_are_known_and_stay_where_they_are_not() {
        var expression = ParameterExpression.parse("$jobid/$nodeid/$taskid");
        var context = new ParameterContext(
                LocalDateTime.parse("2026-11-22T10:00"),
                SHANGHAI,
                Pace.every(Duration.ofHours(1)),
                Map.of("nodeid", "7", "taskid", "41"));

        assertThat(expression.evaluate(context)).isEqualTo("$jobid/7/41");
    }

    @ParameterizedTest(name = "{0} minus {1} is {2}")
    @CsvSource({
        "2025-03-31T00:00, -1, 20250228",
        "2024-03-31T00:00, -1, 20240229",
        "2025-02-28T00:00, 1, 20250328",
        "2024-02-29T00:00, 12, 20250228",
        "2025-10-31T00:00, -4, 20250630",
    })
    void add_months_stops_at_the_end_of_the_month_and_does_not_stick_to_it(String time, String months, String value) {
        assertThat(at(time, SHANGHAI, "$[add_months(yyyymmdd," + months + ")]")).isEqualTo(value);
    }

    @Test
    void what_is_left_of_a_second_is_cut_off_toward_the_past() {
        // A third of a second back, and on: both round down on the time line.
        assertThat(at("2026-11-22T10:00", SHANGHAI, "$[hh24miss-1/24/60/60/3]")).isEqualTo("095959");
        assertThat(at("2026-11-22T10:00", SHANGHAI, "$[hh24miss+1/24/60/60/3]")).isEqualTo("100000");
        assertThat(at("2026-11-22T10:00", SHANGHAI, "$[hh24miss-1/7]")).isEqualTo("063417");
    }

    @Test
    void offsets_are_fractions_so_that_thirds_add_up() {
        assertThat(at("2026-11-22T10:00", SHANGHAI, "$[yyyymmddhh24mi-1/3*3]")).isEqualTo("202611211000");
        assertThat(at("2026-11-22T10:00", SHANGHAI, "$[yyyymmddhh24mi-999999999/999999999]"))
                .isEqualTo("202611211000");
    }

    @Test
    void parts_of_a_day_pass_over_a_skipped_hour_and_count_a_repeated_one_once() {
        assertThat(at("2025-03-09T03:00", NEW_YORK, "$[yyyymmddhh24mi-10/24/60]"))
                .isEqualTo("202503090150");
        assertThat(at("2025-10-26T03:00", ZoneId.of("Europe/Berlin"), "$[yyyymmddhh24mi-10/24/60]"))
                .isEqualTo("202510260250");
        assertThat(at("2025-10-26T03:00", ZoneId.of("Europe/Berlin"), "$[yyyymmddhh24mi-70/24/60]"))
                .isEqualTo("202510260150");
        assertThat(at("2025-10-26T03:00", ZoneId.of("Europe/Berlin"), "$[yyyymmddhh24mi-2/24]"))
                .isEqualTo("202510260100");
    }

    @Test
    void whole_days_are_days_of_the_calendar_also_when_they_have_23_or_25_hours() {
        // Counted as 24 hours, the daily window after the change of the clocks would be the wrong day.
        assertThat(at("2025-03-10T00:15", NEW_YORK, "$[yyyymmdd-1]")).isEqualTo("20250309");
        assertThat(at("2025-11-02T23:30", NEW_YORK, "$[yyyymmdd-1]")).isEqualTo("20251101");
        assertThat(at("2025-03-17T00:15", NEW_YORK, "$[yyyymmdd-7]")).isEqualTo("20250310");
        assertThat(at("2025-03-10T00:15", NEW_YORK, "$[yyyymmdd-24/24]")).isEqualTo("20250309");
    }

    @Test
    void a_moved_time_that_the_clocks_skip_becomes_the_end_of_the_gap() {
        assertThat(at("2025-03-10T02:30", NEW_YORK, "$[yyyymmddhh24mi-1]")).isEqualTo("202503090300");
        assertThat(at("2025-04-09T02:30", NEW_YORK, "$[add_months(yyyymmddhh24mi,-1)]"))
                .isEqualTo("202503090300");
        assertThat(at("2025-03-09T02:30", NEW_YORK, "$cyctime")).isEqualTo("20250309030000");
    }

    @Test
    void a_context_outside_the_calendar_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ParameterContext.of(LocalDateTime.MAX, SHANGHAI, Pace.every(Duration.ofHours(1))))
                .withMessageContaining("years 1 to 9999");
    }

    @Test
    void a_constant_is_known_to_be_one() {
        assertThat(ParameterExpression.parse("abc").isConstant()).isTrue();
        assertThat(ParameterExpression.parse("abc$bizdate").isConstant()).isFalse();
    }

    @Test
    void the_system_variables_have_their_values_without_an_assignment() {
        var context =
                ParameterContext.of(LocalDateTime.parse("2026-11-22T10:00"), SHANGHAI, Pace.every(Duration.ofHours(1)));

        assertThat(context.systemVariables())
                .containsEntry("bdp.system.bizdate", "20261121")
                .containsEntry("bdp.system.cyctime", "20261122100000");
    }
}
