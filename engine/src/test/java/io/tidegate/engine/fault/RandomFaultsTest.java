package io.tidegate.engine.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Scripts by seed. {@code -Dfaults.seed=N} sets where the nightly seeds begin and {@code -Dfaults.count=N} how many there
 * are; a seed that failed is repeated with {@code -Dfaults.seed=SEED -Dfaults.count=1}.
 */
class RandomFaultsTest {
    private static final int NIGHTLY_RUNS = 200;
    private static final int RUNS = 20;

    @Test
    void every_row_is_there_once_after_twenty_scripts_of_faults() {
        play(LongStream.range(0, RUNS));
    }

    @Test
    @Tag("nightly")
    void every_row_is_there_once_after_two_hundred_scripts_of_faults() {
        long first = Long.getLong("faults.seed", System.nanoTime() & 0xffffff);
        play(LongStream.range(first, first + Integer.getInteger("faults.count", NIGHTLY_RUNS)));
    }

    private void play(LongStream seeds) {
        List<String> failures = new ArrayList<>();
        seeds.forEach(seed -> {
            long begin = System.nanoTime();
            try {
                int attempts = FaultRun.play(FaultWorld.shared(), RunScript.random(seed));
                System.out.printf(
                        "faults: seed %d, %d attempts, %d ms%n",
                        seed,
                        attempts,
                        Duration.ofNanos(System.nanoTime() - begin).toMillis());
            } catch (Exception | AssertionError e) {
                System.out.printf("faults: seed %d FAILED%n%s%n", seed, e.getMessage());
                failures.add("seed %d: %s".formatted(seed, e.getMessage()));
            }
        });
        if (!failures.isEmpty()) {
            throw new AssertionError("%d runs failed%n%s".formatted(failures.size(), String.join("\n\n", failures)));
        }
    }
}
