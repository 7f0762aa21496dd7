package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycleJsonTest {
    private final ObjectMapper json =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"MINUTE\",\"startFrom\":\"00:00\",\"interval\":5,\"endAt\":\"23:59\"}",
                "{\"type\":\"HOUR\",\"startFrom\":\"00:15\",\"interval\":1,\"endAt\":\"23:59\"}",
                "{\"type\":\"HOUR\",\"times\":[\"00:15\",\"05:15\"]}",
                "{\"type\":\"DAY\",\"runAt\":\"00:15\"}",
                "{\"type\":\"WEEK\",\"days\":[\"MON\",\"FRI\"],\"runAt\":\"00:15\"}",
                "{\"type\":\"MONTH\",\"days\":[1,15],\"lastDay\":true,\"runAt\":\"00:15\"}",
                "{\"type\":\"YEAR\",\"months\":[1,4],\"days\":[1],\"lastDay\":false,\"runAt\":\"02:00\"}",
            })
    void a_cycle_is_written_as_it_was_read(String text) throws JsonProcessingException {
        Cycle cycle = json.readValue(text, Cycle.class);

        assertThat(cycle.problems()).isEmpty();
        assertThat(json.writerFor(Cycle.class).writeValueAsString(cycle)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"MINUTE\",\"startFrom\":\"00:00\",\"interval\":5,\"endAt\":\"24:00\"}",
                "{\"type\":\"HOUR\",\"times\":[\"24:00\"]}",
                "{\"type\":\"DAY\",\"runAt\":\"24:00\"}",
                "{\"type\":\"DAY\",\"runAt\":\"00:15:00\"}",
            })
    void a_day_has_no_time_after_23_59_and_none_with_seconds(String text) {
        // Leniently read, 24:00 would be the midnight before, and the series run once a day.
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> json.readValue(text, Cycle.class));
    }

    @Test
    void a_half_filled_form_is_read_and_its_problems_are_told() throws JsonProcessingException {
        assertThat(json.readValue("{\"type\":\"MINUTE\"}", Cycle.class).problems())
                .extracting(CycleProblem::field)
                .containsExactly("interval");
        assertThat(json.readValue("{\"type\":\"HOUR\"}", Cycle.class).problems())
                .extracting(CycleProblem::field)
                .containsExactly("interval");
        assertThat(json.readValue("{\"type\":\"HOUR\",\"times\":[]}", Cycle.class)
                        .problems())
                .extracting(CycleProblem::field)
                .containsExactly("times");
        assertThat(json.readValue("{\"type\":\"DAY\"}", Cycle.class)).isEqualTo(new Day(LocalTime.MIDNIGHT));
        assertThat(json.readValue("{\"type\":\"WEEK\"}", Cycle.class).problems())
                .extracting(CycleProblem::field)
                .containsExactly("days");
        assertThat(json.readValue("{\"type\":\"MONTH\"}", Cycle.class).problems())
                .extracting(CycleProblem::field)
                .containsExactly("days");
        assertThat(json.readValue("{\"type\":\"YEAR\"}", Cycle.class).problems())
                .extracting(CycleProblem::field)
                .containsExactly("months", "days");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"DAY\",\"runAt\":\"25:00\"}",
                "{\"type\":\"DECADE\"}",
                "{\"type\":\"WEEK\",\"days\":[\"MONDAY\"]}",
                "{\"runAt\":\"00:00\"}"
            })
    void what_is_no_cycle_is_refused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> json.readValue(text, Cycle.class));
    }
}
