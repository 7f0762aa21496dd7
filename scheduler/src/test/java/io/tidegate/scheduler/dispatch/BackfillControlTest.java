package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.audit.AuditEntry;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.OnFailure;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pausing, cancelling and stopping a backfill of two nodes over three dates, and what failures do to it. */
class BackfillControlTest {
    private static final String FIRST = "2022-11-02T06:00";
    private static final String SECOND = "2022-11-03T06:00";

    private final BackfillScene scene = new BackfillScene();
    private NodeId copy;
    private NodeId report;
    private BackfillId id;

    @BeforeEach
    void begin() {
        copy = scene.world.deploy("copy", daily("06:00"));
        report = scene.world.deploy("report", daily("06:00"), "copy");
        id = scene.begin(backfillOf(copy, report).over("2022-11-01", "2022-11-03"));
        scene.tick();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void paused_while_one_runs_it_starts_nothing_more_and_the_running_one_goes_on() {
        ClaimedAttempt running = only(scene.startAll());

        scene.world.backfillActions.pause(id, scene.world.anna, "a full disk");
        scene.succeed(running);

        assertThat(scene.round()).isEmpty();
        assertThat(state("copy", FIRST)).isEqualTo(InstanceState.SUCCESS);
        assertThat(scene.progress(id)).containsExactly(4, 1, 0, 1, 0, 0);
        assertThat(scene.world.readiness(scene.instance(id, "report", FIRST).id()))
                .startsWith(
                        "Its backfill winter was paused by anna at 2022-11-22 10:00:00 Asia/Shanghai (a full disk)");
        assertThatThrownBy(() -> scene.world.backfillActions.pause(id, scene.world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("The backfill is paused already.");

        scene.world.backfillActions.resume(id, scene.world.boris, "");
        assertThat(scene.rounds()).hasSize(5);
        assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.DONE);
        assertThat(audited()).contains("backfill.create", "backfill.pause", "backfill.resume", "backfill.finish");
    }

    @Test
    void paused_it_takes_back_what_waits_for_a_slot_and_holds_the_next_attempt_of_what_fails() {
        scene.world.backfillActions.pause(id, scene.world.anna, "");
        assertThat(state("copy", FIRST)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(scene.startAll()).isEmpty();

        scene.world.backfillActions.resume(id, scene.world.anna, "");
        scene.tick();
        ClaimedAttempt running = only(scene.startAll());
        scene.world.backfillActions.pause(id, scene.world.anna, "");
        scene.failAndTryAgain(running);
        scene.world.clock.setLocal("2022-11-22T12:00");

        assertThat(scene.round()).isEmpty();
        assertThat(state("copy", FIRST)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(scene.world.causes(running.instanceId())).contains("Held", "Released");
        scene.world.backfillActions.resume(id, scene.world.anna, "");
        assertThat(scene.round()).containsExactly("copy " + FIRST);
    }

    @Test
    void what_a_user_reruns_or_asks_for_does_not_wait_for_a_paused_backfill() {
        scene.fail(only(scene.startAll()));
        scene.world.backfillActions.pause(id, scene.world.anna, "");

        scene.world.actions.rerun(scene.instance(id, "copy", FIRST).id(), scene.world.anna);

        assertThat(scene.round()).containsExactly("copy " + FIRST);
        assertThat(scene.round()).isEmpty();
    }

    @Test
    void one_that_is_asked_to_run_now_does_so_although_its_backfill_is_paused() {
        scene.world.backfillActions.pause(id, scene.world.anna, "");

        scene.world.actions.runNow(scene.instance(id, "copy", FIRST).id(), scene.world.anna, "");
        scene.tick();

        assertThat(scene.round()).containsExactly("copy " + FIRST);
    }

    @Test
    void one_whose_date_has_not_begun_is_rerun_to_run_alone_and_says_so() {
        InstanceId later = scene.instance(id, "copy", SECOND).id();

        assertThatThrownBy(() -> scene.world.actions.runNow(later, scene.world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Its backfill holds it back: rerun it, and it runs alone.");
        scene.world.actions.rerun(later, scene.world.anna);

        assertThat(scene.round()).contains("copy " + SECOND);
    }

    @Test
    void it_has_waited_in_the_queue_since_it_came_there_and_not_since_its_day() {
        scene.world.clock.advance(Duration.ofSeconds(7));

        assertThat(state("copy", FIRST)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(scene.world.readiness(scene.instance(id, "copy", FIRST).id()))
                .endsWith("It has waited 7 s.");
    }

    @Test
    void cancelled_it_begins_nothing_more_and_leaves_alone_what_runs_with_its_next_attempts() {
        ClaimedAttempt running = only(scene.startAll());

        scene.world.backfillActions.cancelSubmission(id, scene.world.anna, "wrong range");

        assertThat(scene.progress(id)).containsExactly(0, 0, 1, 0, 0, 5);
        assertThat(scene.instance(id, "copy", FIRST).stopAskedAt()).isNull();
        scene.failAndTryAgain(running);
        scene.world.clock.setLocal("2022-11-22T12:00");
        assertThat(scene.rounds()).containsExactly(List.of("copy " + FIRST));
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 1, 0, 5);
        assertThat(scene.world.readiness(scene.instance(id, "report", SECOND).id()))
                .contains("was cancelled by anna")
                .contains("(wrong range)");
        assertThat(scene.world.number("SELECT count(*) FROM backfill WHERE NOT settled"))
                .isZero();
        assertThatThrownBy(() -> scene.world.backfillActions.resume(id, scene.world.anna, ""))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void a_paused_one_that_is_cancelled_lets_go_on_what_had_begun() {
        ClaimedAttempt running = only(scene.startAll());
        scene.world.backfillActions.pause(id, scene.world.anna, "");
        scene.failAndTryAgain(running);
        scene.world.backfillActions.cancelSubmission(id, scene.world.anna, "");
        scene.world.clock.setLocal("2022-11-22T12:00");

        assertThat(scene.rounds()).containsExactly(List.of("copy " + FIRST));
    }

    @Test
    void stopped_it_stops_what_runs_and_begins_nothing_more() {
        ClaimedAttempt running = only(scene.startAll());

        scene.world.backfillActions.stopRunning(id, scene.world.anna, "");

        assertThat(scene.instance(id, "copy", FIRST).stopAskedAt()).isNotNull();
        scene.stopped(running);
        assertThat(scene.rounds()).isEmpty();
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 0, 1, 5);
        assertThat(audited()).contains("backfill.stop-running", "instance.stop");
    }

    @Test
    void cancelling_first_and_stopping_later_are_two_actions() {
        ClaimedAttempt running = only(scene.startAll());
        scene.world.backfillActions.cancelSubmission(id, scene.world.anna, "");
        scene.failAndTryAgain(running);

        scene.world.backfillActions.stopRunning(id, scene.world.anna, "");

        assertThat(state("copy", FIRST)).isEqualTo(InstanceState.FAILED);
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 0, 1, 5);
    }

    @Test
    void a_failure_stops_it_until_the_failed_one_succeeds() {
        scene.fail(only(scene.startAll()));
        scene.tick();

        assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.HALTED);
        assertThat(scene.datesInHand(id)).containsExactly("2022-11-01");
        Instance failed = scene.instance(id, "copy", FIRST);
        assertThat(scene.world.readiness(scene.instance(id, "copy", SECOND).id()))
                .startsWith("Waits for its backfill winter, which stands still because copy (instance %d) failed"
                        .formatted(failed.id().value()));

        scene.world.actions.rerun(failed.id(), scene.world.anna);
        assertThat(scene.rounds()).hasSize(6);
        assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.DONE);
        assertThat(audited()).contains("backfill.halt", "backfill.mend");
    }

    @Test
    void resumed_after_a_failure_it_goes_on_past_it() {
        scene.fail(only(scene.startAll()));
        scene.tick();

        scene.world.backfillActions.resume(id, scene.world.anna, "");

        assertThat(scene.backfill(id).onFailure()).isEqualTo(OnFailure.CONTINUE);
        assertThat(scene.rounds()).hasSize(4);
        assertThat(scene.progress(id)).containsExactly(0, 1, 0, 4, 1, 0);
        assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.DONE);
    }

    @Test
    void asked_to_go_on_after_failures_it_never_stands_still() {
        BackfillId other = scene.begin(
                backfillOf(copy, report).over("2022-10-01", "2022-10-02").goingOnAfterFailures());
        scene.world.backfillActions.cancelSubmission(id, scene.world.anna, "");

        scene.tick();
        scene.fail(only(scene.startAll()));

        assertThat(scene.rounds())
                .containsExactly(List.of("copy 2022-10-03T06:00"), List.of("report 2022-10-03T06:00"));
        assertThat(scene.progress(other)).containsExactly(0, 1, 0, 2, 1, 0);
    }

    @Test
    void an_instance_says_which_date_runs_first() {
        assertThat(scene.world.readiness(scene.instance(id, "copy", SECOND).id()))
                .isEqualTo(
                        "Waits for its backfill winter: business date 2022-11-02 is number 2 there, and 2022-11-01 runs first.");
        assertThat(scene.world.readiness(scene.instance(id, "report", FIRST).id()))
                .startsWith("Waits for copy (instance ");
    }

    private InstanceState state(String node, String local) {
        return scene.instance(id, node, local).state();
    }

    private List<String> audited() {
        return scene.world.audit.list(scene.world.workspace.id(), null, 1000).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private static ClaimedAttempt only(List<ClaimedAttempt> attempts) {
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }
}
