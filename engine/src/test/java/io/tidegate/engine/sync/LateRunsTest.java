package io.tidegate.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.LateRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LateRunsTest {
    private static final long NINE = Instant.parse("2026-01-10T01:00:00Z").toEpochMilli();

    private static LateRun run(long first, long last, long min, long max) {
        return new LateRun(3, first, last, Instant.ofEpochMilli(min), Instant.ofEpochMilli(max));
    }

    @Test
    void records_at_offsets_without_a_gap_and_of_one_minute_are_one_run() {
        LateRuns late = new LateRuns(3, 100L);
        late.add(100, NINE + 59_999);
        late.add(101, NINE);
        late.add(102, NINE + 60_000);
        late.add(104, NINE + 60_001);

        assertThat(late.found())
                .isEqualTo(new LateFound(
                        4,
                        0,
                        List.of(
                                run(100, 101, NINE, NINE + 59_999),
                                run(102, 102, NINE + 60_000, NINE + 60_000),
                                run(104, 104, NINE + 60_001, NINE + 60_001))));
    }

    @Test
    void only_what_no_older_copy_has_read_is_late() {
        assertThat(new LateRuns(0, 100L).reaches(99)).isFalse();
        assertThat(new LateRuns(0, 100L).reaches(100)).isTrue();
        assertThat(new LateRuns(0, null).reaches(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void more_runs_than_may_be_listed_are_counted_all_the_same() {
        LateRuns late = new LateRuns(3, 0L);
        for (int i = 0; i < LateFound.RUNS_MAX + 7; i++) {
            late.add(2L * i, NINE);
        }
        LateFound found = late.found();

        assertThat(found.records()).isEqualTo(LateFound.RUNS_MAX + 7);
        assertThat(found.runs()).hasSize(LateFound.RUNS_MAX);
        assertThat(found.unlisted()).isEqualTo(7);
        assertThat(found.withRuns(10).unlisted()).isEqualTo(LateFound.RUNS_MAX - 3);
        assertThat(found.withRuns(0).records()).isEqualTo(LateFound.RUNS_MAX + 7);
        assertThat(found.withRuns(LateFound.RUNS_MAX)).isSameAs(found);
    }

    /** However a partition is cut into slices, the same runs come out. */
    @Test
    void runs_that_the_border_of_two_slices_cuts_are_joined_again() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            LateRuns whole = new LateRuns(3, 0L);
            List<LateRun> parts = new ArrayList<>();
            LateRuns slice = new LateRuns(3, 0L);
            for (long offset = 0; offset < 60; offset++) {
                if (random.nextInt(8) == 0) {
                    parts.addAll(slice.found().runs());
                    slice = new LateRuns(3, 0L);
                }
                if (random.nextInt(4) > 0) {
                    long time = NINE + random.nextInt(4) * 30_000L;
                    whole.add(offset, time);
                    slice.add(offset, time);
                }
            }
            parts.addAll(slice.found().runs());

            List<LateRun> joined = new ArrayList<>();
            for (LateRun part : parts) {
                LateRun one =
                        joined.isEmpty() ? null : joined.get(joined.size() - 1).joined(part);
                if (one == null) {
                    joined.add(part);
                } else {
                    joined.set(joined.size() - 1, Objects.requireNonNull(one));
                }
            }
            assertThat(joined).as("seed %d", seed).isEqualTo(whole.found().runs());
        }
    }
}
