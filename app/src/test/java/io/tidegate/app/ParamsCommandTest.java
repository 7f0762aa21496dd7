package io.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

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
}
