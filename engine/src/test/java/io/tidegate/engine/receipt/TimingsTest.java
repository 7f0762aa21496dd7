package io.tidegate.engine.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.Timings.SlowSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingsTest {
    @ParameterizedTest
    @CsvSource({
        // reading, mapping, waiting for the writer, throttled, sending, waiting for rows
        "8, 2, 0.1, 0, 2, 8, KAFKA",
        "2, 8, 0.1, 0, 2, 8, MAPPING",
        "1, 1, 8, 0, 9.9, 0.1, MAXCOMPUTE",
        "1, 1, 0, 8, 1, 9, THROTTLE",
        "1, 1, 4, 4, 5, 5, THROTTLE",
        "5, 4.5, 0.5, 0, 9.5, 0.5, NONE",
        "0, 0, 0, 0, 0, 0, NONE"
    })
    void the_slow_side_is_the_one_that_the_other_waits_for(
            double reading,
            double mapping,
            double forWriter,
            double throttled,
            double sending,
            double forReader,
            SlowSide slow) {
        Timings timings = new Timings(reading, mapping, forWriter, throttled, sending, forReader);

        assertThat(timings.slowSide()).isEqualTo(slow);
    }

    @Test
    void a_sentence_names_the_slow_side_and_all_times() {
        assertThat(new Timings(1, 1.25, 8, 0, 9.9, 0.1).sentence())
                .isEqualTo("The writer was the slow side. Reading threads: 1.0 s at Kafka, 1.3 s mapping, 8.0 s waiting"
                        + " for the writer, 0.0 s held back by the speed limit. Writing threads: 9.9 s sending,"
                        + " 0.1 s waiting for rows.");
    }
}
