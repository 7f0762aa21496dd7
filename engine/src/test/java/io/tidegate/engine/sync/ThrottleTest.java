package io.tidegate.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MEGABYTE = 1_000_000;

    private final AtomicLong now = new AtomicLong(SECOND);

    private Throttle throttle(long bytesPerSecond) {
        return new Throttle(bytesPerSecond, now::get);
    }

    @Test
    void bytes_are_paid_for_after_they_have_passed() {
        Throttle throttle = throttle(MEGABYTE);

        assertThat(throttle.passed(MEGABYTE / 2)).isEqualTo(SECOND / 2);
        now.addAndGet(SECOND / 2);
        assertThat(throttle.passed(MEGABYTE)).isEqualTo(SECOND);
    }

    @Test
    void without_a_limit_nobody_waits() {
        assertThat(throttle(0).passed(Long.MAX_VALUE)).isZero();
    }

    @Test
    void time_that_was_not_used_is_saved_up_for_a_quarter_of_a_second() {
        Throttle throttle = throttle(MEGABYTE);
        now.addAndGet(100 * SECOND);

        assertThat(throttle.passed(MEGABYTE / 4)).isZero();
        assertThat(throttle.passed(MEGABYTE)).isEqualTo(SECOND);
    }

    /** Slices that are now fast, now slow, each waiting as it is told, oversleeping a little as threads do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void slices_that_come_and_go_keep_the_limit_together_over_any_ten_seconds(int slices) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long limit = 10 * MEGABYTE;
        Throttle throttle = throttle(limit);
        long begin = now.get();
        long[] freeAt = new long[slices];
        Arrays.fill(freeAt, begin);
        List<long[]> passed = new ArrayList<>();
        while (now.get() < begin + 60 * SECOND) {
            for (int i = 0; i < slices; i++) {
                // A third of the slices is away for a while now and then; the others could use all of the limit.
                if (i % 3 == 2 && random.nextInt(1000) == 0) {
                    freeAt[i] = now.get() + 5 * SECOND;
                }
                if (freeAt[i] <= now.get()) {
                    long bytes = 64_000L + random.nextInt(4000);
                    passed.add(new long[] {now.get(), bytes});
                    freeAt[i] = now.get() + throttle.passed(bytes) + random.nextInt(5_000_000);
                }
            }
            now.addAndGet(1_000_000);
        }
        for (long from = begin; from <= begin + 50 * SECOND; from += SECOND) {
            long window = from;
            double bytes = passed.stream()
                    .filter(p -> p[0] >= window && p[0] < window + 10 * SECOND)
                    .mapToLong(p -> p[1])
                    .sum();
            assertThat(bytes / (10 * limit))
                    .as("seed %d, from second %d", seed, (from - begin) / SECOND)
                    .isBetween(0.95, 1.05);
        }
    }
}
