package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceHistory;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.RerunOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is handed the commit that an earlier attempt had prepared, and when a rerun must be confirmed. */
class OpenCommitTest {
    private static final PreparedCommit NEWER = new PreparedCommit("upload-2", List.of(0L), Plans.RECEIPT);

    private final World world = new World();
    private final Worker worker = world.worker("w1");
    private final Instance instance;

    OpenCommitTest() {
        world.deploy("copy", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        instance = world.at("copy", "2022-11-22T10:30");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private FakeNodeRunner nextPreparesAndFails(PreparedCommit prepared, FailureKind kind, boolean retryable) {
        return world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            journal.prepared(prepared);
            return new RunOutcome.Failed(kind, "the commit was not answered.", retryable);
        });
    }

    private RunRequest rerun() {
        world.actions.rerun(instance.id(), world.anna);
        assertThat(worker.tick()).isEqualTo(1);
        return world.runner.lastRequest();
    }

    private InstanceState state() {
        return world.detail(instance.id()).instance().state();
    }

    @Test
    void a_rerun_by_hand_is_handed_the_open_commit_but_not_the_plan() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, false);
        worker.tick();
        assertThat(state()).isEqualTo(InstanceState.FAILED);

        RunRequest request = rerun();

        assertThat(request.plan()).isNull();
        assertThat(request.prepared()).isEqualTo(Plans.PREPARED);
        assertThat(request.rerunAsked()).isTrue();
    }

    @Test
    void automatic_attempts_after_a_rerun_are_handed_its_plan_and_the_open_commit_of_before() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, false);
        worker.tick();
        world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            return new RunOutcome.Failed(FailureKind.TRANSFER, "broke off.", true);
        });
        rerun();
        nextPreparesAndFails(NEWER, FailureKind.TRANSFER, true);
        tryAgain();

        assertThat(world.runner.lastRequest().plan()).isEqualTo(Plans.SMALL);
        assertThat(world.runner.lastRequest().prepared()).isEqualTo(Plans.PREPARED);
        assertThat(world.runner.lastRequest().rerunAsked()).isTrue();
        tryAgain();
        assertThat(world.runner.lastRequest().prepared()).isEqualTo(NEWER);
        assertThat(world.runner.lastRequest().rerunAsked()).isFalse();
    }

    private void tryAgain() {
        world.clock.advance(Duration.ofMinutes(2));
        world.opener.tick();
        assertThat(worker.tick()).isEqualTo(1);
    }

    @Test
    void a_commit_that_was_confirmed_is_not_handed_on() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, true);
        worker.tick();
        tryAgain();
        assertThat(state()).isEqualTo(InstanceState.SUCCESS);

        assertThat(rerun().prepared()).isNull();
        assertThat(world.runner.lastRequest().rerunAsked()).isFalse();
    }

    @Test
    void a_user_who_reruns_although_nobody_can_find_out_has_looked() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, false);
        worker.tick();
        world.runner.next((request, journal, cancellation) ->
                new RunOutcome.Failed(FailureKind.COMMIT_UNKNOWN, "look whether the rows are there.", false));

        assertThat(rerun().prepared()).isEqualTo(Plans.PREPARED);
        assertThat(state()).isEqualTo(InstanceState.FAILED);
        assertThat(rerun().prepared()).isNull();
    }

    @Test
    void a_stop_a_lost_worker_and_a_rerun_together_keep_the_open_commit() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, true);
        worker.tick();
        world.runner.next((request, journal, cancellation) -> {
            throw new io.tidegate.engine.FencedException("as if the machine had been switched off here");
        });
        tryAgain();
        world.actions.stop(instance.id(), world.anna);
        world.clock.advance(Duration.ofSeconds(30));
        world.recovery.tick();
        assertThat(state()).isEqualTo(InstanceState.FAILED);

        assertThat(rerun().prepared()).isEqualTo(Plans.PREPARED);
    }

    @Test
    void setting_to_success_says_that_a_commit_is_left_open_and_a_rerun_still_settles_it() {
        nextPreparesAndFails(Plans.PREPARED, FailureKind.TRANSFER, false);
        worker.tick();

        world.actions.setSuccess(instance.id(), world.anna);

        List<InstanceHistory> events = world.instances.events(instance.id());
        assertThat(events.get(events.size() - 1).detail()).contains("upload-1", "attempt 1");
        assertThat(rerun().prepared()).isEqualTo(Plans.PREPARED);
    }

    @Test
    void rows_that_were_added_are_added_again_only_when_that_is_confirmed() {
        world.runner.next((request, journal, cancellation) -> new RunOutcome.Succeeded(Plans.INTO));
        worker.tick();
        assertThat(state()).isEqualTo(InstanceState.SUCCESS);

        assertThatThrownBy(() -> world.actions.rerun(instance.id(), world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("adds them a second time");
        assertThat(state()).isEqualTo(InstanceState.SUCCESS);

        world.actions.rerun(instance.id(), world.anna, new RerunOptions(true, false), "");
        assertThat(world.number("SELECT count(*) FROM audit_entry WHERE action = 'instance.rerun' AND"
                        + " CAST(detail AS text) LIKE '%addAgain%'"))
                .as("who confirmed it is on record")
                .isEqualTo(1);
        world.runner.nextFails(false);
        worker.tick();
        assertThat(state()).isEqualTo(InstanceState.FAILED);
        // That they are added again was confirmed.
        rerun();
    }

    @Test
    void an_instance_that_overwrites_is_rerun_without_a_question() {
        world.runner.next((request, journal, cancellation) -> new RunOutcome.Succeeded(Plans.RECEIPT));
        worker.tick();

        assertThat(rerun().prepared()).isNull();
    }
}
