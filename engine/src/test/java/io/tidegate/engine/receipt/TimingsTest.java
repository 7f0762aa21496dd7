package io.tidegate.engine.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.Timings.SlowSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingsTest {
    @ParameterizedTest
    @CsvSource({
        // reading, mapping, waiting for the writer, throttled, sending, waiting for rows, for mapping, for records
        "9.9, 2, 0, 0, 3, 7, 0.1, 8, KAFKA",
        "2, 9.7, 0.1, 0, 3, 7, 8, 0.2, MAPPING",
        "1, 2, 7.8, 0, 9.9, 0.1, 9, 0.2, MAXCOMPUTE",
        "1, 1, 0, 9, 1, 9, 0, 9, THROTTLE",
        "1, 1, 4, 4, 5, 5, 5, 5, THROTTLE",
        "9.5, 9.4, 0.1, 0, 9.6, 0.4, 0.5, 0.5, NONE",
        "0, 0, 0, 0, 0, 0, 0, 0, NONE",
        // Of versions in which one thread read and mapped:
        "8, 2, 0.1, 0, 2, 8, 0, 0, KAFKA",
        "2, 8, 0.1, 0, 2, 8, 0, 0, MAPPING",
        "3, 4, 0.1, 0, 5, 2.1, 0, 0, MAPPING",
        "1, 1, 8, 0, 9.9, 0.1, 0, 0, MAXCOMPUTE",
        "5, 4.5, 0.5, 0, 9.5, 0.5, 0, 0, NONE"
    })
    void the_slow_side_is_the_one_that_the_others_wait_for(
            double reading,
            double mapping,
            double forWriter,
            double throttled,
            double sending,
            double forReader,
            double forMapper,
            double forRecords,
            SlowSide slow) {
        Timings timings =
                new Timings(reading, mapping, forWriter, throttled, sending, forReader, forMapper, forRecords);

        assertThat(timings.slowSide()).isEqualTo(slow);
    }

    @Test
    void a_sentence_names_the_slow_side_and_all_times() {
        assertThat(new Timings(1, 1.25, 8, 0, 9.9, 0.1, 8.5, 0.2).sentence())
                .isEqualTo("The writer was the slow side. Reading threads: 1.0 s at Kafka, 8.5 s waiting for mapping,"
                        + " 0.0 s held back by the speed limit. Mapping threads: 1.3 s mapping, 0.2 s waiting for records,"
                        + " 8.0 s waiting for the writer. Writing threads: 9.9 s sending, 0.1 s waiting for rows.");
    }
}
