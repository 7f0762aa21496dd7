package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where the error points, and what it says. */
class ParameterSyntaxTest {

    private static ParameterSyntaxException refusalOf(String expression) {
        var refusal = catchThrowableOfType(ParameterSyntaxException.class, () -> ParameterExpression.parse(expression));
        assertThat(refusal).as("refusal of " + expression).isNotNull();
        return refusal;
    }

    @ParameterizedTest(name = "[{index}] {0} is refused at {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // brackets
                "$[yyyymmdd | 1 | 2 | never closed",
                "a${yyyymmdd | 2 | 2 | never closed",
                "$[yyyymmdd} | 11 | 1 | closed by ']'",
                "${yyyymmdd] | 11 | 1 | closed by '}'",
                "$[yyyymmdd$[hh24] | 1 | 2 | not closed before",
                "$[yyyy[mm]] | 1 | 2 | not closed before",
                "$[] | 3 | 1 | nothing in the brackets",
                "${} | 3 | 1 | nothing in the brackets",
                "$[   ] | 3 | 3 | nothing in the brackets",
                "$[---] | 3 | 2 | two signs",
                "$[-1] | 3 | 2 | no date or time",
                "$[//] | 3 | 2 | no date or time",
                "$[1/24] | 3 | 4 | no date or time",
                // letters that look like tokens
                "$[yyyymmddhh] | 11 | 2 | an hour of 12",
                "$[yyyymmddhh12] | 11 | 4 | an hour of 12",
                "$[yyyymmddh24] | 11 | 1 | an hour of 12",
                "$[yyyyMMdd] | 7 | 2 | small letters",
                "$[YYYYMMDD] | 3 | 4 | small letters",
                "${YYYYMMDD} | 3 | 4 | small letters",
                "$[HH24] | 3 | 4 | small letters",
                "$[hh24MI] | 7 | 2 | small letters",
                "$[yyy] | 5 | 1 | is no token",
                "$[y] | 3 | 1 | is no token",
                "$[yyyym] | 7 | 1 | is no token",
                "$[yyyymmddd] | 11 | 1 | is no token",
                "$[sss] | 5 | 1 | is no token",
                "$[mii] | 5 | 1 | is no token",
                "$[yyyymmdd day] | 12 | 1 | is no token",
                // the business date
                "${yyyymmddhh24} | 11 | 4 | business date",
                "${yyyymmdd mi} | 12 | 2 | business date",
                "${yyyymmdd-1/24} | 13 | 1 | whole days",
                "${yyyymmdd-1*2*3} | 15 | 1 | one multiplication",
                "${startTime} | 3 | 9 | no date format",
                "${workflow.name} | 3 | 13 | no date format",
                "${bdp.system.other} | 3 | 16 | no date format",
                "${add_months(yyyymmdd,-1)} | 3 | 10 | square brackets only",
                // offsets
                "$[yyyymmdd-1/0] | 14 | 1 | division by zero",
                "$[yyyymmdd-1/24/0] | 17 | 1 | division by zero",
                "$[yyyymmdd-1/] | 14 | 1 | number is missing",
                "$[yyyymmdd-1/24/] | 17 | 1 | number is missing",
                "$[yyyymmdd-1//24] | 14 | 1 | number is missing",
                "$[yyyymmdd-1*-2] | 14 | 1 | number is missing",
                "$[yyyymmdd-/24] | 12 | 1 | number is missing",
                "$[yyyymmdd-] | 11 | 1 | no number follows",
                "$[yyyymmdd--1] | 11 | 2 | two signs",
                "$[yyyymmdd+-1] | 11 | 2 | two signs",
                "$[yyyymmdd-0.5] | 12 | 3 | no decimals",
                "$[yyyymmdd-1234567890] | 12 | 10 | more than 9 digits",
                "$[yyyymmdd-999999999] | 11 | 10 | 1000 years",
                "$[yyyymmdd-99999999*99999999] | 11 | 18 | 1000 years",
                "${yyyy-1001} | 7 | 5 | 1000 years",
                "${yyyymm+12001} | 9 | 6 | 1000 years",
                "$[yyyymmdd-1/24hh24] | 11 | 5 | stands at the end",
                "$[yyyy-01-mm] | 7 | 3 | stands at the end",
                "${yyyy-01-01} | 7 | 3 | stands at the end",
                // add_months
                "$[add_months] | 13 | 1 | '(' is missing",
                "$[add_months(yyyymmdd,-1] | 25 | 1 | ')' is missing",
                "$[add_months(yyyymmdd)] | 22 | 1 | number of months is missing",
                "$[add_months(yyyymmdd,)] | 23 | 1 | number is missing",
                "$[add_months(,-1)] | 14 | 1 | no date or time",
                "$[add_months(yyyymmdd,-1/2)] | 25 | 1 | whole days",
                "$[add_months(yyyymmdd,-1*2*3)] | 27 | 1 | one multiplication",
                "$[add_months(yyyymmdd,x)] | 23 | 1 | number is missing",
                "$[add_months(yyyymmdd,1x)] | 24 | 1 | not understood",
                "$[add_months(yyyymmdd-1,-1)] | 22 | 2 | days cannot stand inside",
                "$[add_months(yyyymmdd,-1)-1] | 26 | 2 | nothing may follow",
                "$[add_months(yyyymmdd,-1)hh24] | 26 | 4 | nothing may follow",
                "$[yyyy add_months(mm,-1)] | 8 | 10 | all that the brackets hold",
                "$[ADD_MONTHS(yyyymmdd,-1)] | 3 | 10 | small letters",
                "$[add_months(yyyymmdd,-12001)] | 23 | 7 | 1000 years",
                // built-ins and dollars
                "$bizdat | 1 | 7 | no built-in",
                "a$BizDate | 2 | 8 | no built-in",
                "$bizdatelog | 1 | 11 | no built-in",
                "$yyyymmdd | 1 | 9 | no built-in",
                "$ | 1 | 1 | starts nothing",
                "a$1 | 2 | 1 | starts nothing",
                "$$bizdate | 1 | 1 | starts nothing",
                // characters that no value has
                "a b | 2 | 1 | a space",
                "$bizdate $cyctime | 9 | 1 | a space",
                "a=b | 2 | 1 | '='",
                "$[yyyy=mm] | 7 | 1 | '='",
            })
    void a_mistake_is_refused_where_it_stands(String expression, int column, int length, String reason) {
        var refusal = refusalOf(expression);

        assertThat(refusal.reason()).contains(reason);
        assertThat(refusal.column()).as("column of: " + refusal.getMessage()).isEqualTo(column);
        assertThat(refusal.length()).as("length of: " + refusal.getMessage()).isEqualTo(length);
        assertThat(refusal.cure()).isNotBlank();
    }

    @Test
    void an_empty_value_is_refused() {
        assertThat(refusalOf("").reason()).contains("empty");
        assertThat(refusalOf("").column()).isEqualTo(1);
    }

    @Test
    void characters_that_cannot_be_seen_are_named_by_number() {
        assertThat(refusalOf("a\tb").reason()).contains("U+0009");
        assertThat(refusalOf("a\u00a0b").reason()).contains("U+00A0");
        assertThat(refusalOf("$[yyyy\nmm]").reason()).contains("U+000A");
    }

    @Test
    void a_text_without_bounds_is_refused() {
        int max = ParameterExpression.CHARACTERS_MAX;

        assertThat(ParameterExpression.parse("x".repeat(max)).isConstant()).isTrue();
        assertThat(refusalOf("x".repeat(max + 1)).column()).isEqualTo(max + 1);
    }

    @Test
    void a_near_miss_is_told_what_was_probably_meant() {
        assertThat(refusalOf("$bizdat").cure()).isEqualTo("write $bizdate");
        assertThat(refusalOf("$CycTime").cure()).isEqualTo("write $cyctime");
        assertThat(refusalOf("$[yyyyMMdd]").cure()).isEqualTo("write mm for the month (the minute is mi)");
        assertThat(refusalOf("${startTime}").cure()).contains("${startTime} in the code");
    }

    @Test
    void the_message_shows_the_place_with_carets() {
        assertThat(refusalOf("$[yyyymmddhh]0000")).hasMessage("""
                column 11: 'hh' is no token: an hour of 12 would read the same at 01:00 and at 13:00; write hh24 for the hour
                $[yyyymmddhh]0000
                          ^^""");
    }

    @Test
    void a_long_text_is_shown_around_the_place_only() {
        var refusal = refusalOf("x".repeat(500) + " " + "y".repeat(500));

        assertThat(refusal.carets())
                .isEqualTo("…" + "x".repeat(60) + " " + "y".repeat(60) + "…\n" + " ".repeat(61) + "^");
    }
}
