package io.tidegate.scheduler.backfill;

import static io.tidegate.scheduler.backfill.BackfillEvent.CANCEL_SUBMISSION;
import static io.tidegate.scheduler.backfill.BackfillEvent.FINISH;
import static io.tidegate.scheduler.backfill.BackfillEvent.HALT;
import static io.tidegate.scheduler.backfill.BackfillEvent.MEND;
import static io.tidegate.scheduler.backfill.BackfillEvent.PAUSE;
import static io.tidegate.scheduler.backfill.BackfillEvent.RESUME;
import static io.tidegate.scheduler.backfill.BackfillEvent.STOP_RUNNING;
import static io.tidegate.scheduler.backfill.BackfillState.CANCELLED;
import static io.tidegate.scheduler.backfill.BackfillState.DONE;
import static io.tidegate.scheduler.backfill.BackfillState.HALTED;
import static io.tidegate.scheduler.backfill.BackfillState.PAUSED;
import static io.tidegate.scheduler.backfill.BackfillState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of a backfill with everything that can happen. */
class BackfillTransitionTest {
    /** Every step that is allowed; what is not here must be refused. */
    private static final Map<BackfillState, Map<BackfillEvent, BackfillState>> TABLE = Map.of(
            RUNNING,
            Map.of(PAUSE, PAUSED, CANCEL_SUBMISSION, CANCELLED, STOP_RUNNING, CANCELLED, HALT, HALTED, FINISH, DONE),
            PAUSED,
            Map.of(RESUME, RUNNING, CANCEL_SUBMISSION, CANCELLED, STOP_RUNNING, CANCELLED),
            HALTED,
            Map.of(
                    PAUSE,
                    PAUSED,
                    RESUME,
                    RUNNING,
                    MEND,
                    RUNNING,
                    CANCEL_SUBMISSION,
                    CANCELLED,
                    STOP_RUNNING,
                    CANCELLED),
            CANCELLED,
            Map.of(STOP_RUNNING, CANCELLED),
            DONE,
            Map.of());

    static Stream<Arguments> everyPair() {
        return Arrays.stream(BackfillState.values())
                .flatMap(state -> Arrays.stream(BackfillEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyPair")
    void every_event_leads_where_the_table_says_or_is_refused(BackfillState from, BackfillEvent event) {
        BackfillState to = TABLE.getOrDefault(from, Map.of()).get(event);

        if (to == null) {
            assertThat(BackfillTransition.refusal(from, event))
                    .startsWith("The backfill ")
                    .endsWith(".");
            assertThatThrownBy(() -> BackfillTransition.next(from, event)).isInstanceOf(ConflictException.class);
        } else {
            assertThat(BackfillTransition.refusal(from, event)).isNull();
            assertThat(BackfillTransition.next(from, event)).isEqualTo(to);
        }
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyPair")
    void what_is_over_stays_over(BackfillState from, BackfillEvent event) {
        if (from.isOver() && BackfillTransition.refusal(from, event) == null) {
            assertThat(BackfillTransition.next(from, event)).isEqualTo(from);
        }
    }
}
