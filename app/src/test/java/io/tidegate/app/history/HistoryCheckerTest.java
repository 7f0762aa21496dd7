package io.tidegate.app.history;

import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.app.history.History.Edge;
import io.tidegate.app.history.History.Entry;
import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Filling;
import io.tidegate.app.history.History.Fire;
import io.tidegate.app.history.History.Row;
import io.tidegate.app.history.History.Try;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the checker finds what it is there to find: each invariant is violated once. */
class HistoryCheckerTest {
    private static final Instant START = Instant.parse("2022-11-22T02:00:00Z");
    private static final Fire ORDERS = new Fire("PROD", 10, START);
    private static final Fire REPORT = new Fire("PROD", 11, START);

    private final List<Event> events = new ArrayList<>();
    private final List<Row> instances = new ArrayList<>();
    private final List<Try> attempts = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Entry> audit = new ArrayList<>();
    private final List<Fire> fires = new ArrayList<>();
    private final List<Edge> ordered = new ArrayList<>();
    private final List<Filling> backfills = new ArrayList<>();
    private Instant now = START;
    private int slots = 1;

    @Test
    void a_sound_history_has_no_violation() {
        // A parent that fails, is rerun and succeeds; a child that is lost once; somebody who stops and sets success.
        born(1);
        born(2);
        waits(1);
        runs(1, 1);
        event(1, RUNNING, FAILED, "AttemptFailed", 1);
        attempt(1, 1, 1, 1, AttemptState.FAILED);
        user(1, FAILED, NOT_RUN, "RerunAsked", 1, "rerun");
        waits(1);
        runs(1, 2);
        succeeds(1, 2, 2);
        waits(2);
        runs(2, 1);
        event(2, RUNNING, WAIT_TIME, "AttemptLost", 1);
        attempt(2, 1, 1, 1, AttemptState.LOST);
        event(2, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 1);
        runs(2, 2);
        user(2, RUNNING, FAILED, "StopAsked", 2, "stop");
        attempt(2, 2, 1, 2, AttemptState.STOPPED);
        user(2, FAILED, SUCCESS, "SetSuccessAsked", 2, "set-success");
        instances.add(row(1, ORDERS, SUCCESS));
        instances.add(row(2, REPORT, SUCCESS));
        edges.add(new Edge(1, 2));
        ordered.add(new Edge(1, 2));
        fires.add(ORDERS);
        fires.add(REPORT);

        assertThat(check()).isEmpty();
    }

    @Test
    void a_step_that_no_transition_allows_is_found() {
        born(1);
        event(1, NOT_RUN, RUNNING, "SlotTaken", 1);
        succeeds(1, 1, 1);
        instances.add(row(1, ORDERS, SUCCESS));

        assertThat(found()).containsExactly("LEGAL");
    }

    @Test
    void a_chain_with_a_gap_and_a_state_that_no_event_tells_are_found() {
        born(1);
        event(1, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 0);
        instances.add(row(1, ORDERS, FAILED));

        assertThat(found()).containsExactly("LEGAL", "LEGAL");
    }

    @Test
    void two_instances_of_one_fire_are_found() {
        finished(1, ORDERS);
        finished(2, ORDERS);

        assertThat(found()).containsExactly("I1");
    }

    @Test
    void a_fire_without_an_instance_and_an_instance_without_an_end_are_found() {
        born(1);
        waits(1);
        instances.add(row(1, ORDERS, WAIT_RESOURCE));
        fires.add(REPORT);

        assertThat(found()).containsExactly("I2", "I2");
    }

    @Test
    void an_instance_that_is_frozen_need_not_end() {
        born(1);
        user(1, NOT_RUN, NOT_RUN, "FreezeAsked", 0, "freeze");
        instances.add(new Row(1, ORDERS, "CYCLE", "", "group", null, NOT_RUN, true));

        assertThat(check()).isEmpty();
    }

    @Test
    void a_zombie_that_ends_what_another_attempt_holds_is_found() {
        born(1);
        waits(1);
        runs(1, 1);
        event(1, RUNNING, WAIT_TIME, "AttemptLost", 1);
        attempt(1, 1, 1, 1, AttemptState.LOST);
        event(1, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 1);
        runs(1, 2);
        event(1, RUNNING, SUCCESS, "AttemptSucceeded", 1);
        attempt(1, 2, 1, 2, AttemptState.SUCCEEDED);
        instances.add(row(1, ORDERS, SUCCESS));

        assertThat(found()).containsExactly("I3");
    }

    @Test
    void a_second_success_of_one_generation_is_found() {
        finished(1, ORDERS);
        attempt(1, 2, 1, 2, AttemptState.SUCCEEDED);

        // Nobody claimed it either.
        assertThat(found()).containsExactly("I3", "I3");
    }

    @Test
    void an_epoch_that_does_not_rise_is_found() {
        born(1);
        waits(1);
        runs(1, 1);
        event(1, RUNNING, WAIT_TIME, "AttemptFailed", 1);
        attempt(1, 1, 1, 1, AttemptState.FAILED);
        event(1, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 1);
        runs(1, 1);
        event(1, RUNNING, FAILED, "AttemptFailed", 1);
        attempt(1, 2, 1, 1, AttemptState.FAILED);
        instances.add(row(1, ORDERS, FAILED));

        assertThat(found()).containsExactly("I3");
    }

    @Test
    void an_attempt_that_runs_although_its_instance_is_over_is_found() {
        finished(1, ORDERS);
        attempts.set(0, new Try(1, 1, 1, 1, 1, AttemptState.RUNNING));

        assertThat(found()).containsExactly("I3", "I3");
    }

    @Test
    void a_success_that_is_lost_again_is_found() {
        finished(1, ORDERS);
        event(1, SUCCESS, FAILED, "AttemptFailed", 1);
        instances.set(0, row(1, ORDERS, FAILED));

        assertThat(found()).containsExactly("LEGAL", "I5");
    }

    @Test
    void a_run_without_an_end_and_one_that_takes_too_long_are_found() {
        slots = 2;
        born(1);
        waits(1);
        runs(1, 1);
        attempt(1, 1, 1, 1, AttemptState.RUNNING);
        instances.add(new Row(1, ORDERS, "CYCLE", "", "group", null, RUNNING, true));
        born(2);
        waits(2);
        runs(2, 1);
        now = now.plus(Duration.ofMinutes(11));
        succeeds(2, 1, 1);
        instances.add(row(2, REPORT, SUCCESS));

        assertThat(found()).containsExactly("I6", "I6");
    }

    @Test
    void more_runs_than_slots_are_found() {
        born(1);
        born(2);
        waits(1);
        waits(2);
        runs(1, 1);
        runs(2, 1);
        succeeds(1, 1, 1);
        succeeds(2, 1, 1);
        instances.add(row(1, ORDERS, SUCCESS));
        instances.add(row(2, REPORT, SUCCESS));

        assertThat(found()).containsExactly("I7");
    }

    @Test
    void more_runs_of_a_node_than_it_may_are_found() {
        slots = 2;
        Fire next = new Fire("PROD", 10, START.plusSeconds(60));
        born(1);
        born(2);
        waits(1);
        waits(2);
        runs(1, 1);
        runs(2, 1);
        succeeds(1, 1, 1);
        succeeds(2, 1, 1);
        instances.add(new Row(1, ORDERS, "CYCLE", "", "group", 1, SUCCESS, false));
        instances.add(new Row(2, next, "CYCLE", "", "group", 1, SUCCESS, false));

        assertThat(found()).containsExactly("I7");
    }

    @Test
    void a_child_that_goes_before_its_parent_is_found() {
        born(1);
        finished(2, REPORT);
        waits(1);
        runs(1, 1);
        succeeds(1, 1, 1);
        instances.add(row(1, ORDERS, SUCCESS));
        edges.add(new Edge(1, 2));

        assertThat(found()).containsExactly("I8");
    }

    @Test
    void a_child_may_go_in_the_moment_in_which_its_parent_is_rerun_but_not_later() {
        finished(1, ORDERS);
        born(2);
        edges.add(new Edge(1, 2));
        user(1, SUCCESS, NOT_RUN, "RerunAsked", 1, "rerun");
        event(2, NOT_RUN, WAIT_TIME, "ParentsDone", 0);
        event(2, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 0);
        instances.set(0, new Row(1, ORDERS, "CYCLE", "", "group", null, NOT_RUN, true));
        instances.add(new Row(2, REPORT, "CYCLE", "", "group", null, WAIT_RESOURCE, true));
        assertThat(check()).isEmpty();

        Event last = events.remove(events.size() - 1);
        finished(3, new Fire("PROD", 12, START));
        event(2, WAIT_TIME, WAIT_RESOURCE, last.cause(), 0);
        assertThat(found()).containsExactly("I8");
    }

    @Test
    void what_is_ordered_and_starts_too_early_is_found() {
        slots = 2;
        born(1);
        born(2);
        waits(1);
        waits(2);
        runs(2, 1);
        runs(1, 1);
        succeeds(1, 1, 1);
        succeeds(2, 1, 1);
        instances.add(row(1, ORDERS, SUCCESS));
        instances.add(row(2, REPORT, SUCCESS));
        ordered.add(new Edge(1, 2));

        assertThat(found()).containsExactly("I9");
    }

    @Test
    void a_change_by_a_user_that_the_audit_does_not_tell_is_found() {
        finished(1, ORDERS);
        user(1, SUCCESS, NOT_RUN, "RerunAsked", 1, "rerun");
        waits(1);
        runs(1, 2);
        succeeds(1, 2, 2);
        audit.clear();

        assertThat(found()).containsExactly("I10");
    }

    @Test
    void a_secret_is_found_and_not_repeated() {
        List<Violation> found =
                SecretSearch.find(List.of("canary-1"), Map.of("log", "x canary-1 y", "table", "nothing"));

        assertThat(found).containsExactly(new Violation("I11", "log has a secret at character 2"));
    }

    private List<Violation> check() {
        return new HistoryChecker(Duration.ofMinutes(10), 3)
                .check(new History(
                        events, instances, attempts, edges, audit, Map.of("group", slots), fires, ordered, backfills));
    }

    private List<String> found() {
        return check().stream().map(Violation::invariant).toList();
    }

    private void finished(long id, Fire fire) {
        born(id);
        waits(id);
        runs(id, 1);
        succeeds(id, 1, 1);
        instances.add(row(id, fire, SUCCESS));
    }

    private void born(long id) {
        event(id, null, NOT_RUN, "Planned", 0);
    }

    private void waits(long id) {
        event(id, NOT_RUN, WAIT_TIME, "ParentsDone", 0);
        event(id, WAIT_TIME, WAIT_RESOURCE, "TimeReached", 0);
    }

    private void runs(long id, long epoch) {
        event(id, WAIT_RESOURCE, RUNNING, "SlotTaken", epoch);
    }

    private void succeeds(long id, long epoch, int generation) {
        event(id, RUNNING, SUCCESS, "AttemptSucceeded", epoch);
        attempt(id, (int) epoch, generation, epoch, AttemptState.SUCCEEDED);
    }

    private void event(long id, @Nullable InstanceState from, InstanceState to, String cause, long epoch) {
        events.add(new Event(events.size() + 1, id, now, from, to, cause, false, epoch));
    }

    private void user(long id, InstanceState from, InstanceState to, String cause, long epoch, String word) {
        events.add(new Event(events.size() + 1, id, now, from, to, cause, true, epoch));
        audit.add(new Entry("instance." + word, "instance " + id));
    }

    private void attempt(long instance, int number, int generation, long epoch, AttemptState state) {
        attempts.add(new Try(attempts.size() + 1, instance, number, generation, epoch, state));
    }

    private static Row row(long id, Fire fire, InstanceState state) {
        return new Row(id, fire, "CYCLE", "", "group", null, state, false);
    }
}
