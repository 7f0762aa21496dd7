package io.tidegate.app.history;

import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.app.history.History.Edge;
import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Filling;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That each promise of a backfill, broken once, is found. Its instances 1 and 2 are of the first date, 3 of the second. */
class BackfillChecksTest {
    private static final Map<Long, Integer> POSITIONS = Map.of(1L, 1, 2L, 1, 3L, 2);

    private final List<Event> events = new ArrayList<>();
    private int groups = 1;
    private int planned = 3;
    private int counted = 3;
    private boolean over = true;
    private BackfillState state = BackfillState.DONE;
    private @Nullable Long cancelledAt;

    @Test
    void dates_one_after_another_are_sound() {
        runs(1);
        ends(1, SUCCESS);
        runs(2);
        ends(2, SUCCESS);
        runs(3);
        ends(3, SUCCESS);

        assertThat(found()).isEmpty();
    }

    @Test
    void a_date_is_over_when_what_is_left_of_it_waits_for_a_failure() {
        runs(1);
        ends(1, FAILED);
        runs(3);
        ends(3, SUCCESS);

        // Instance 2 waits for instance 1.
        assertThat(found()).isEmpty();
    }

    @Test
    void a_date_that_begins_too_early_is_found_unless_so_many_may_run_at_once() {
        runs(1);
        runs(3);
        ends(1, SUCCESS);
        ends(3, SUCCESS);
        assertThat(found())
                .singleElement()
                .asString()
                .contains("starts date 2 of backfill 7 while 1 dates before it are not over, and 1 may run at once");

        groups = 2;
        assertThat(found()).isEmpty();
    }

    @Test
    void what_a_user_reruns_waits_for_no_turn() {
        event(3, NOT_RUN, NOT_RUN, "RerunAsked");
        starts(3);
        ends(3, SUCCESS);
        runs(1);
        ends(1, SUCCESS);
        runs(2);
        event(1, SUCCESS, NOT_RUN, "RerunAsked");
        starts(1);
        ends(2, SUCCESS);
        ends(1, SUCCESS);

        assertThat(found()).isEmpty();
    }

    @Test
    void what_is_held_and_starts_all_the_same_is_found() {
        event(1, NOT_RUN, NOT_RUN, "Released");
        event(1, NOT_RUN, NOT_RUN, "Held");
        starts(1);
        ends(1, SUCCESS);

        assertThat(found()).singleElement().asString().contains("although backfill 7 holds it");
    }

    @Test
    void what_begins_after_the_cancel_is_found_and_what_had_begun_may_go_on() {
        state = BackfillState.CANCELLED;
        over = false;
        runs(1);
        event(1, RUNNING, WAIT_TIME, "AttemptFailed");
        cancelledAt = (long) events.size();
        starts(1);
        ends(1, SUCCESS);
        assertThat(found()).isEmpty();

        runs(2);
        ends(2, SUCCESS);
        assertThat(found()).singleElement().asString().contains("begins instance 2, and backfill 7 was cancelled");
    }

    @Test
    void counts_that_do_not_add_up_are_found() {
        planned = 4;
        assertThat(found()).singleElement().asString().contains("its plan told 4");

        planned = 3;
        counted = 2;
        assertThat(found()).singleElement().asString().contains("its counts add up to 2");
    }

    @Test
    void a_backfill_that_does_not_end_is_found() {
        over = false;
        assertThat(found())
                .singleElement()
                .asString()
                .contains("backfill 7 is DONE in the end, its dates are not over");

        state = BackfillState.PAUSED;
        assertThat(found()).singleElement().asString().contains("backfill 7 is PAUSED in the end");
    }

    private List<Violation> found() {
        Filling backfill = new Filling(7, state, groups, planned, counted, over, POSITIONS, cancelledAt);
        History history = new History(
                events,
                List.of(),
                List.of(),
                List.of(new Edge(1, 2)),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(backfill));
        List<Violation> found = new ArrayList<>();
        BackfillChecks.check(history, events.stream().collect(Collectors.groupingBy(Event::instance)), found);
        return found;
    }

    private void runs(long id) {
        event(id, NOT_RUN, NOT_RUN, "Released");
        starts(id);
    }

    private void starts(long id) {
        event(id, NOT_RUN, WAIT_TIME, "ParentsDone");
        event(id, WAIT_TIME, WAIT_RESOURCE, "TimeReached");
        event(id, WAIT_RESOURCE, RUNNING, "SlotTaken");
    }

    private void ends(long id, InstanceState how) {
        event(id, RUNNING, how, how == SUCCESS ? "AttemptSucceeded" : "AttemptFailed");
    }

    private void event(long id, InstanceState from, InstanceState to, String cause) {
        events.add(new Event(events.size() + 1, id, Instant.EPOCH, from, to, cause, false, 0));
    }
}
