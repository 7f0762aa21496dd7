package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterHintTest {

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$[yyyymm-1] | 9 | 2 | 1 day, whatever the format; for months write $[add_months(yyyymm,-1)]",
                "x$[yyyy-mm-2] | 11 | 2 | 2 days, whatever the format; for months write $[add_months(yyyy-mm,-2)]",
                "$[yyyy-1] | 7 | 2 | for years write $[add_months(yyyy,-12)]",
                "$[hh24-1/24] | 7 | 5 | give the date the same offset, e.g. $[yyyymmdd-1/24]",
                "$[hh24:mi:ss -1/24/60] | 14 | 8 | give the date the same offset",
                "$[mi-15/24/60] | 5 | 9 | give the date the same offset",
                "$[yyyymmdd]$[hh24-1/24] | 18 | 5 | give the date the same offset",
                "$[yyyymmdd+0] | 11 | 2 | zero",
                "${yyyymmdd-0} | 11 | 2 | zero",
                "$[yyyymmddhh24mi-1/60] | 17 | 5 | a day divided by 60 is 24 minutes",
                "$[yyyymmddhh24mi-8/24/6000000] | 17 | 13 | no whole number of seconds",
                "$[yyyymmddhh24:mm] | 16 | 2 | mm is the month",
                "$[yyyy-mi-dd] | 8 | 2 | mi is the minute",
                "$[yyyy-Q] | 8 | 1 | 'Q' stands for nothing",
                "$[yyyymmdd/24] | 11 | 2 | without a sign",
                "yyyymmdd | 1 | 4 | plain text",
                "a[yyyymmdd] | 3 | 4 | plain text",
            })
    void what_is_probably_not_meant_is_pointed_at(String expression, int column, int length, String text) {
        var hints = ParameterExpression.parse(expression).hints();

        assertThat(hints).hasSize(1);
        assertThat(hints.get(0).text()).contains(text);
        assertThat(hints.get(0).column()).isEqualTo(column);
        assertThat(hints.get(0).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant",
                "$bizdate",
                "${yyyymm-1}",
                "${yyyy-mm-dd-29}",
                "$[yyyymmdd-1]",
                "$[dd-1]",
                "$[yyyymmddhh24mi-8/24/60]00",
                "$[yyyymmdd-1/24]$[hh24-1/24]",
                "$[yyyymmdd-60/24/60]$[hh24-1/24]",
                "$[hh24-1]",
                "$[yyyy-mm-ddThh24:mi:ssZ]",
                "$[add_months(yyyymm,-1)]",
            })
    void what_is_meant_gets_no_hint(String expression) {
        assertThat(ParameterExpression.parse(expression).hints()).isEmpty();
    }
}
