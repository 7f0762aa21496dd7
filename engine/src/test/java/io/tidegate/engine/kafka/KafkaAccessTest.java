package io.tidegate.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaAccessTest {
    @ParameterizedTest
    @CsvSource({
        // megabytes of heap, slices at a time, kilobytes of one answer
        "64, 1, 4096",
        "64, 8, 512",
        "64, 100, 256",
        "512, 3, 8192",
        "512, 8, 4096",
        "4096, 16, 8192",
        "4096, 64, 2048"
    })
    void an_answer_shrinks_with_the_heap_and_with_the_slices_that_share_it(
            long heapMegabytes, int concurrent, int kilobytes) {
        assertThat(KafkaAccess.fetchBytes(heapMegabytes << 20, concurrent)).isEqualTo(kilobytes << 10);
    }
}
