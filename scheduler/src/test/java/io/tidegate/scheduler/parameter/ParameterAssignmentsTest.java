package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterAssignmentsTest {

    @Test
    void assignments_are_read_in_their_order_with_their_places() {
        var read = ParameterAssignments.parse(
                "  startTime=$[yyyymmddhh24mi-8/24/60]00 day=$[yyyy-mm-dd hh24:mi:ss -1/24/60]\n n_1=7 ");

        assertThat(read).extracting(a -> a.name()).containsExactly("startTime", "day", "n_1");
        assertThat(read).extracting(a -> a.column()).containsExactly(3, 41, 80);
        assertThat(read.get(1).expression().text()).isEqualTo("$[yyyy-mm-dd hh24:mi:ss -1/24/60]");
    }

    @Test
    void no_text_means_no_assignments() {
        assertThat(ParameterAssignments.parse("")).isEmpty();
        assertThat(ParameterAssignments.parse(" \n ")).isEmpty();
    }

    @Test
    void what_is_written_out_reads_back_the_same() {
        String text = "a=$[yyyymmdd] b=1 c=${yyyymm-1}_x";

        assertThat(ParameterAssignments.text(ParameterAssignments.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a | 2 | '=' is missing after 'a'",
                "a b=1 | 2 | '=' is missing after 'a'",
                "a =1 | 2 | '=' is missing after 'a'",
                "a= b=1 | 3 | no value",
                "x=1 a= | 7 | no value",
                "=1 | 1 | no name",
                "a-b=1 | 2 | cannot stand in a name",
                "a=1 a=2 | 5 | assigned twice",
                "a=1 b=$[yyyymmddhh] | 17 | is no token",
                "a=1 b=$[yyyy c=2 | 15 | '=' cannot stand",
                "a=1 b=$[yyyy | 7 | never closed",
                "a=b=c | 4 | '=' cannot stand",
                "a=${yyyymmdd | 3 | never closed",
            })
    void a_mistake_is_refused_where_it_stands_in_the_whole_text(String text, int column, String reason) {
        var refusal = catchThrowableOfType(ParameterSyntaxException.class, () -> ParameterAssignments.parse(text));

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).contains(reason);
        assertThat(refusal.column()).isEqualTo(column);
        assertThat(refusal.text()).isEqualTo(text);
    }
}
