package io.tidegate.bench.scale;

import java.time.Duration;
import java.time.Instant;

/**
 * What is to be started.
 *
 * @param count how many pieces of work
 * @param first when the first of them is due
 * @param apart how much later each one is due than the one before; zero for a burst
 */
record Load(String name, int count, Instant first, Duration apart) {
    Instant due(int number) {
        return first.plus(apart.multipliedBy(number));
    }

    long apartNanos() {
        return apart.toNanos();
    }
}
