package io.tidegate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietLogsTest {
    private static final long SECOND = 1_000_000_000L;
    private final QuietLogs logs = new QuietLogs(Duration.ofSeconds(60));

    @Test
    void a_log_that_has_reached_the_end_is_not_waited_for() {
        logs.saw(0, 10, true, 0);

        assertThat(logs.awaited(0)).isEmpty();
        assertThat(logs.notReached()).isEmpty();
    }

    @Test
    void a_log_is_quiet_once_it_has_not_grown_for_the_whole_time() {
        logs.saw(0, 10, false, 0);
        logs.saw(0, 10, false, 59 * SECOND);
        assertThat(logs.awaited(60 * SECOND - 1)).containsExactly(0);

        logs.saw(0, 10, false, 60 * SECOND);
        assertThat(logs.awaited(60 * SECOND)).isEmpty();
        assertThat(logs.notReached()).containsExactly(0);
    }

    @Test
    void each_record_begins_the_wait_anew() {
        logs.saw(0, 10, false, 0);
        logs.saw(0, 11, false, 50 * SECOND);

        assertThat(logs.awaited(109 * SECOND)).containsExactly(0);
        assertThat(logs.awaited(110 * SECOND)).isEmpty();
    }

    @Test
    void a_log_that_was_quiet_and_grew_while_another_was_waited_for_is_waited_for_again() {
        logs.saw(0, 10, false, 0);
        logs.saw(1, 10, false, 30 * SECOND);
        assertThat(logs.awaited(61 * SECOND)).containsExactly(1);

        logs.saw(0, 12, false, 62 * SECOND);
        assertThat(logs.awaited(91 * SECOND)).containsExactly(0);
    }
}
