package io.tidegate.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.sync.Pace.Sample;
import io.tidegate.engine.sync.Pace.Speed;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void nothing_is_known_at_the_beginning() {
        assertThat(pace.speed()).isEqualTo(Speed.NONE);
        assertThat(pace.secondsLeft(100)).isNull();
        pace.add(new Sample(0, 0, 0, 0));
        pace.add(new Sample(0.5, 100, 100, 1000));

        assertThat(pace.speed()).isEqualTo(new Speed(200, 200, 2000));
        assertThat(pace.secondsLeft(100)).as("half a second tells too little").isNull();
    }

    @Test
    void the_last_ten_seconds_count() {
        pace.add(new Sample(0, 0, 0, 0));
        for (int second = 1; second <= 10; second++) {
            pace.add(new Sample(second, 1000L * second, 900L * second, 50L * second));
        }
        for (int second = 11; second <= 30; second++) {
            pace.add(new Sample(second, 10_000 + 10L * (second - 10), 9000 + 9L * (second - 10), 500));
        }

        assertThat(pace.speed()).isEqualTo(new Speed(10, 9, 0));
        assertThat(pace.secondsLeft(600)).isEqualTo(60.0);
    }

    @Test
    void a_copy_that_stands_still_has_no_end_in_sight() {
        pace.add(new Sample(0, 5, 5, 5));
        pace.add(new Sample(4, 5, 5, 5));

        assertThat(pace.secondsLeft(100)).isNull();
        assertThat(pace.secondsLeft(0)).isNull();
    }

    @Test
    void a_slice_that_is_read_again_begins_a_new_measurement() {
        pace.add(new Sample(0, 0, 0, 0));
        pace.add(new Sample(2, 1000, 1000, 1000));
        pace.add(new Sample(3, 300, 300, 300));
        pace.add(new Sample(5, 500, 500, 500));

        assertThat(pace.speed().offsets()).isEqualTo(100.0);
    }
}
