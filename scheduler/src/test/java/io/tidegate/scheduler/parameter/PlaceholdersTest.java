package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

    @Test
    void placeholders_are_replaced_wherever_they_stand() {
        assertThat(Placeholders.replace(
                        "select '${d}', ${d}0 from ${t};\n-- ${d}", Map.of("d", "20261122", "t", "ods.orders")))
                .isEqualTo("select '20261122', 202611220 from ods.orders;\n-- 20261122");
    }

    @Test
    void code_without_placeholders_stays_as_it_is() {
        assertThat(Placeholders.replace("select '$x', '{y}', $[a]", Map.of())).isEqualTo("select '$x', '{y}', $[a]");
    }

    @Test
    void a_value_that_looks_like_a_placeholder_is_not_replaced_again() {
        assertThat(Placeholders.replace("${a}${b}", Map.of("a", "${b}", "b", "$")))
                .isEqualTo("${b}$");
    }

    @Test
    void the_names_that_code_asks_for_are_listed_once_and_in_order() {
        assertThat(Placeholders.names("${b} ${a} ${b} ${bdp.system.bizdate}"))
                .containsExactly("a", "b", "bdp.system.bizdate");
    }

    @Test
    void every_name_without_a_value_is_told_with_its_line_and_column() {
        assertThatExceptionOfType(UnresolvedParameterException.class)
                .isThrownBy(() -> Placeholders.replace("${a}\r\n  ${x}\n${known} ${y}", Map.of("known", "1")))
                .withMessage("no value for ${a} at 1:1 (assign it: a=…), ${x} at 2:3 (assign it: x=…),"
                        + " ${y} at 3:10 (assign it: y=…)")
                .satisfies(e -> assertThat(e.unresolved()).hasSize(3));
    }

    @Test
    void a_placeholder_that_is_not_closed_or_has_no_proper_name_is_told() {
        assertThatExceptionOfType(UnresolvedParameterException.class)
                .isThrownBy(() -> Placeholders.replace("a ${b\n}", Map.of("b", "1")))
                .withMessageContaining("1:3 (close it");
        assertThatExceptionOfType(UnresolvedParameterException.class)
                .isThrownBy(() -> Placeholders.replace("${", Map.of("", "1")))
                .withMessageContaining("1:1 (close it");
        assertThatExceptionOfType(UnresolvedParameterException.class)
                .isThrownBy(() -> Placeholders.replace("${yyyy-mm-dd}", Map.of()))
                .withMessageContaining("letters, digits and underscores");
        assertThatExceptionOfType(UnresolvedParameterException.class)
                .isThrownBy(() -> Placeholders.replace("${a${b}", Map.of("b", "1")))
                .withMessageContaining("${a} at 1:1 (close it")
                .satisfies(e -> assertThat(e.unresolved()).hasSize(1));
    }

    @ParameterizedTest(name = "{1} in {0} makes {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"x${v}y\"} | 1 | {\"a\":\"x1y\"}",
                "{\"a\":${v}} | 1 | {\"a\":1}",
                "{\"a\":${v}} | -1.5e+3 | {\"a\":-1.5e+3}",
                "{\"a\":${v}} | true | {\"a\":true}",
                "{\"a\":${v}} | 007 | {\"a\":\"007\"}",
                "{\"a\":${v}} | 1. | {\"a\":\"1.\"}",
                "{\"a\":${v}} | NaN | {\"a\":\"NaN\"}",
                "{\"a\":${v}} | x\"y | {\"a\":\"x\\\"y\"}",
                "{\"a\":\"${v}\"} | x\"y\\z | {\"a\":\"x\\\"y\\\\z\"}",
                "{\"\\\"\":\"${v}\"} | \" | {\"\\\"\":\"\\\"\"}",
                "{\"\\\\\":${v}} | \" | {\"\\\\\":\"\\\"\"}",
                "{\"${v}\":1} | k\"  | {\"k\\\"\":1}",
            })
    void in_json_a_value_is_escaped_inside_strings_and_quoted_outside(String code, String value, String expected) {
        assertThat(Placeholders.replaceInJson(code, Map.of("v", value))).isEqualTo(expected);
    }

    @Test
    void no_value_whatever_breaks_a_document() throws JsonProcessingException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var json = new ObjectMapper();
        for (int i = 0; i < 20_000; i++) {
            var value = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                value.append((char)
                        (random.nextInt(3) == 0
                                ? "\"\\{}$,:[]\n\t0-.eE".charAt(random.nextInt(16))
                                : random.nextInt(0xD800)));
            }
            var values = Map.of("v", value.toString());

            var read = json.readTree(Placeholders.replaceInJson("{\"in\\\\\":\"<${v}>\",\"out\":${v}}", values));

            assertThat(read.get("in\\").textValue()).as("seed %d", seed).isEqualTo("<" + value + ">");
            assertThat(read.has("out")).isTrue();
            assertThat(read.size()).isEqualTo(2);
        }
    }
}
