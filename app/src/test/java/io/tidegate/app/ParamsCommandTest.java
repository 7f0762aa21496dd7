package io.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParamsCommandTest {
    @Test
    void prints_one_value_per_line() {
        CommandLineRun run = CommandLineRun.of(
                "params",
                "--at",
                "2022-11-22 10:00",
                "--zone",
                "Asia/Shanghai",
                "$[yyyymmddhh24mi-8/24/60]00",
                "$[yyyymmddhh24mi-3/24/60]00",
                "$bizdate");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).containsExactly("20221122095200", "20221122095700", "20221121");
    }

    @Test
    void a_malformed_expression_prints_nothing_but_carets_under_the_fault() {
        CommandLineRun run =
                CommandLineRun.of("params", "--at", "2022-11-22 10:00", "$[yyyymmdd]", "$[yyyymmddhh24-1/0]");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("$[yyyymmddhh24-1/0]").contains("^").doesNotContain("\tat ");
    }

    @Test
    void a_time_or_zone_that_is_none_says_how_to_write_it() {
        assertThat(CommandLineRun.of("params", "--at", "22.11.2022", "$bizdate").err())
                .contains("2022-11-22 10:00");
        CommandLineRun zone = CommandLineRun.of("params", "--at", "2022-11-22", "--zone", "Shanghai", "$bizdate");
        assertThat(zone.exitCode()).isEqualTo(2);
        assertThat(zone.err()).contains("Asia/Shanghai");
    }

    @Test
    void a_date_without_time_is_midnight() {
        assertThat(CommandLineRun.of("params", "--at", "2022-11-22", "$cyctime").out())
                .isEqualToIgnoringNewLines("20221122000000");
    }

    @Test
    void where_clocks_change_it_counts_how_far_apart_the_times_are() {
        assertThat(afterSkippedHour()).isEqualToIgnoringNewLines("202503090100");
        assertThat(afterSkippedHour("--every", "120")).isEqualToIgnoringNewLines("202503090300");
        assertThat(afterSkippedHour("--every", "0")).isEqualToIgnoringNewLines("202503090300");
        assertThat(CommandLineRun.of("params", "--at", "2022-11-22", "--every", "-5", "$bizdate")
                        .err())
                .contains("Write minutes, as 5 or 120, or 0");
    }

    /** Two hours before 04:00 of a day on which 02:00 to 03:00 is skipped. */
    private static String afterSkippedHour(String... options) {
        List<String> line =
                new ArrayList<>(List.of("params", "--at", "2025-03-09 04:00", "--zone", "America/New_York"));
        line.addAll(List.of(options));
        line.add("$[yyyymmddhh24mi-2/24]");
        return CommandLineRun.of(line.toArray(String[]::new)).out();
    }
}
