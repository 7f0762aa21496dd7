package io.tidegate.scheduler.backfill;

import static io.tidegate.scheduler.backfill.BackfillState.HALTED;
import static io.tidegate.scheduler.backfill.BackfillState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.backfill.BackfillSteps.DateInHand;
import io.tidegate.scheduler.backfill.BackfillSteps.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every small situation of the dates in hand. */
class BackfillStepsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    @Test
    void never_more_dates_run_than_groups_and_none_is_left_out() {
        everySituation((state, groups, onFailure, inHand, toCome) -> {
            Step step = BackfillSteps.next(state, groups, onFailure, inHand, toCome);

            int running = inHand.size() - step.over().size() + step.begin();
            assertThat(step.begin()).isBetween(0, toCome);
            if (step.begin() > 0) {
                assertThat(running).isLessThanOrEqualTo(groups);
            }
            boolean mayBegin = state == RUNNING && step.event() != BackfillEvent.HALT;
            if (mayBegin && running < groups) {
                assertThat(step.begin()).isEqualTo(toCome);
            }
        });
    }

    @Test
    void only_a_running_backfill_begins_dates_and_only_without_a_failure_that_stops_it() {
        everySituation((state, groups, onFailure, inHand, toCome) -> {
            boolean failure = inHand.stream().anyMatch(date -> date.failed() > 0);
            Step step = BackfillSteps.next(state, groups, onFailure, inHand, toCome);

            if (state != RUNNING || (onFailure == OnFailure.STOP && failure)) {
                assertThat(step.begin()).isZero();
            }
            assertThat(step.event() == BackfillEvent.HALT)
                    .isEqualTo(state == RUNNING && onFailure == OnFailure.STOP && failure);
        });
    }

    @Test
    void it_is_finished_exactly_when_nothing_is_left() {
        everySituation((state, groups, onFailure, inHand, toCome) -> {
            Step step = BackfillSteps.next(state, groups, onFailure, inHand, toCome);
            boolean left = toCome > 0 || step.over().size() < inHand.size();

            assertThat(step.event() == BackfillEvent.FINISH).isEqualTo(state == RUNNING && !left);
        });
    }

    @Test
    void every_event_is_one_that_the_state_allows() {
        everySituation((state, groups, onFailure, inHand, toCome) -> {
            BackfillEvent event =
                    BackfillSteps.next(state, groups, onFailure, inHand, toCome).event();
            if (event != null) {
                assertThat(BackfillTransition.refusal(state, event)).isNull();
            }
        });
    }

    @Test
    void a_date_that_can_go_on_is_not_over() {
        everySituation((state, groups, onFailure, inHand, toCome) -> {
            Step step = BackfillSteps.next(state, groups, onFailure, inHand, toCome);

            assertThat(inHand.stream().filter(DateInHand::canGoOn).map(DateInHand::date))
                    .noneMatch(step.over()::contains);
        });
    }

    @Test
    void what_was_mended_lets_it_go_on() {
        Step step = BackfillSteps.next(HALTED, 1, OnFailure.STOP, List.of(new DateInHand(DAY, 0, true)), 3);

        assertThat(step.event()).isEqualTo(BackfillEvent.MEND);
    }

    @FunctionalInterface
    private interface Check {
        void of(BackfillState state, int groups, OnFailure onFailure, List<DateInHand> inHand, int toCome);
    }

    /** All with up to three dates in hand, none or one failed instance in each, and up to three to come. */
    private static void everySituation(Check check) {
        for (BackfillState state : BackfillState.values()) {
            for (OnFailure onFailure : OnFailure.values()) {
                for (int groups = 1; groups <= 3; groups++) {
                    for (int toCome = 0; toCome <= 3; toCome++) {
                        for (List<DateInHand> inHand : everyHand()) {
                            check.of(state, groups, onFailure, inHand, toCome);
                        }
                    }
                }
            }
        }
    }

    private static List<List<DateInHand>> everyHand() {
        List<List<DateInHand>> all = new ArrayList<>();
        all.add(List.of());
        int from = 0;
        for (int size = 1; size <= 3; size++) {
            int to = all.size();
            for (int i = from; i < to; i++) {
                for (int kind = 0; kind < 4; kind++) {
                    List<DateInHand> longer = new ArrayList<>(all.get(i));
                    longer.add(new DateInHand(DAY.plusDays(longer.size()), kind % 2, kind / 2 == 1));
                    all.add(longer);
                }
            }
            from = to;
        }
        return all;
    }
}
