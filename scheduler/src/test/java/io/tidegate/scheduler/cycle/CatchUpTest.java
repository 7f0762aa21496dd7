package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.CatchUp.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:10:00Z");
    private static final List<Instant> PASSED = List.of(
            Instant.parse("2026-11-22T07:00:00Z"),
            Instant.parse("2026-11-22T08:00:00Z"),
            Instant.parse("2026-11-22T09:00:00Z"),
            Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest(name = "{0}, at most {1} minutes old: {2} of four run")
    @CsvSource({
        "ALL,,4",
        "LATEST,,1",
        "NONE,,0",
        "ALL,130,3",
        "ALL,129,2",
        "ALL,9,0",
        "LATEST,10,1",
        "LATEST,9,0",
        "NONE,1000,0",
    })
    void a_policy_lets_its_times_run(Policy policy, Integer maxAge, int running) {
        CatchUp catchUp = new CatchUp(policy, maxAge);

        List<Instant> runs =
                PASSED.stream().filter(t -> catchUp.runs(t, PASSED.get(3), NOW)).toList();

        assertThat(runs).isEqualTo(PASSED.subList(4 - running, 4));
    }

    @Test
    void an_age_outside_a_year_is_refused() {
        assertThat(new CatchUp(Policy.ALL, 0).problems())
                .extracting(CycleProblem::field)
                .containsExactly("maxAgeMinutes");
        assertThat(new CatchUp(Policy.ALL, 366 * 24 * 60 + 1).problems()).hasSize(1);
        assertThat(new CatchUp(Policy.ALL, 1).problems()).isEmpty();
        assertThat(CatchUp.DEFAULT.problems()).isEmpty();
    }
}
