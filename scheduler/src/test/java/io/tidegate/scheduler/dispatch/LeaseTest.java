package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.instance.Attempt;
import io.tidegate.scheduler.instance.AttemptLog;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases, fences, recovery, journals. */
class LeaseTest {
    private final World world = new World();
    private Instance instance;

    LeaseTest() {
        world.deploy("copy", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        instance = world.at("copy", "2022-11-22T10:30");
    }

    @BeforeEach
    void is_due() {
        assertThat(state()).isEqualTo(InstanceState.WAIT_RESOURCE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_lost_lease_is_recovered_with_plan_and_prepared_commit() {
        world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            journal.prepared(Plans.PREPARED);
            throw new FencedException("as if the machine had been switched off here");
        });
        world.worker("w1").tick();
        assertThat(state()).isEqualTo(InstanceState.RUNNING);
        world.clock.advance(Duration.ofSeconds(29));
        world.recovery.tick();
        assertThat(state()).isEqualTo(InstanceState.RUNNING);

        world.clock.advance(Duration.ofSeconds(1));
        world.recovery.tick();
        assertThat(state()).isEqualTo(InstanceState.WAIT_RESOURCE);
        world.worker("w2").tick();

        assertThat(state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.runner.lastRequest().plan()).isEqualTo(Plans.SMALL);
        assertThat(world.runner.lastRequest().prepared()).isEqualTo(Plans.PREPARED);
        assertThat(world.attempts(instance.id()))
                .extracting(Attempt::state)
                .containsExactly(AttemptState.SUCCEEDED, AttemptState.LOST);
        assertThat(world.detail(instance.id()).instance().autoRerunsLeft()).isEqualTo(3);
    }

    @Test
    void a_lost_attempt_whose_parent_was_rerun_meanwhile_is_tried_again_after_the_parent() {
        world.deployNow("child", daily("10:40"), "copy");
        world.settle();
        world.clock.setLocal("2022-11-22T10:40");
        world.opener.tick();
        world.runner.next((request, journal, cancellation) -> {
            throw new FencedException("as if the machine had been switched off here");
        });
        world.worker("w1").tick();
        assertThat(world.state("child", "2022-11-22T10:40")).isEqualTo(InstanceState.RUNNING);
        world.actions.rerun(instance.id(), world.anna);

        world.clock.advance(Duration.ofSeconds(30));
        world.recovery.tick();
        world.opener.tick();

        assertThat(world.state("child", "2022-11-22T10:40")).isEqualTo(InstanceState.WAIT_TIME);
        world.settle();
        assertThat(world.state("child", "2022-11-22T10:40")).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void heartbeats_keep_a_long_run_alive() {
        Worker[] worker = new Worker[1];
        world.runner.next((request, journal, cancellation) -> {
            for (int i = 0; i < 60; i++) {
                world.clock.advance(Duration.ofSeconds(10));
                worker[0].beat();
                world.recovery.tick();
            }
            journal.planned(Plans.SMALL);
            return new RunOutcome.Succeeded(Plans.RECEIPT);
        });
        worker[0] = world.worker("w1");

        worker[0].tick();

        assertThat(state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.detail(instance.id()).receipt()).isEqualTo(Plans.RECEIPT);
        assertThat(world.attempts(instance.id()).get(0).recordsWritten()).isEqualTo(7);
    }

    @Test
    void a_zombie_is_told_to_stop_and_nothing_it_writes_counts() {
        Worker[] zombie = new Worker[1];
        world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            world.clock.advance(Duration.ofSeconds(61));
            world.recovery.tick();
            assertThat(world.worker("successor").tick()).isEqualTo(1);
            assertThat(state()).isEqualTo(InstanceState.SUCCESS);

            assertThatThrownBy(() -> journal.prepared(Plans.PREPARED)).isInstanceOf(FencedException.class);
            zombie[0].beat();
            assertThat(cancellation.requested()).isTrue();
            return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "too late.", true);
        });
        zombie[0] = world.worker("zombie");

        zombie[0].tick();

        assertThat(state()).isEqualTo(InstanceState.SUCCESS);
        List<Attempt> attempts = world.attempts(instance.id());
        assertThat(attempts).extracting(Attempt::state).containsExactly(AttemptState.SUCCEEDED, AttemptState.LOST);
        assertThat(attempts.get(1).prepared()).isNull();
        assertThat(attempts.get(1).message()).startsWith("Lost");
    }

    @Test
    void a_run_whose_lease_is_over_may_not_prepare_even_before_anybody_noticed() {
        world.runner.next((request, journal, cancellation) -> {
            world.clock.advance(Duration.ofSeconds(30));
            assertThatThrownBy(() -> journal.planned(Plans.SMALL)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> journal.prepared(Plans.PREPARED)).isInstanceOf(FencedException.class);
            return new RunOutcome.Cancelled();
        });

        world.worker("w1").tick();

        assertThat(world.attempts(instance.id()).get(0).plan()).isNull();
    }

    @Test
    void an_instance_that_kills_its_workers_fails_in_the_end() {
        for (int i = 0; i < 11; i++) {
            world.runner.next((request, journal, cancellation) -> {
                throw new FencedException("as if the machine had been switched off here");
            });
            assertThat(world.worker("w" + i).tick()).isEqualTo(1);
            world.clock.advance(Duration.ofSeconds(30));
            world.recovery.tick();
        }

        assertThat(state()).isEqualTo(InstanceState.FAILED);
        assertThat(world.attempts(instance.id())).hasSize(11);
    }

    @Test
    void a_stop_asked_of_a_dead_worker_is_obeyed_when_its_lease_is_over() {
        world.runner.next((request, journal, cancellation) -> {
            throw new FencedException("as if the machine had been switched off here");
        });
        world.worker("w1").tick();
        world.actions.stop(instance.id(), world.anna);
        world.clock.advance(Duration.ofSeconds(30));

        world.recovery.tick();

        assertThat(state()).isEqualTo(InstanceState.FAILED);
    }

    @Test
    void a_runner_that_throws_is_a_failure_that_is_tried_again() {
        world.runner.next((request, journal, cancellation) -> {
            throw new IllegalStateException("a defect");
        });

        world.worker("w1").tick();

        assertThat(state()).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.attempts(instance.id()).get(0).failureKind()).isEqualTo("INTERNAL");
    }

    @Test
    void log_progress_and_dirty_records_can_be_read_while_it_runs() {
        Worker[] worker = new Worker[1];
        world.runner.next((request, journal, cancellation) -> {
            Attempt running = world.attempts(instance.id()).get(0);
            journal.log(Level.INFO, "Planned 10 offsets.");
            journal.progress(new Progress(Progress.Stage.COPY, 10, 5, 5, 3, 1, 1, 500, 2.5, 250, 2.0));
            journal.dirty(new DirtyRecord(0, 12, "amount", "abc\0", "abc is no number"));
            assertThat(world.instances.log(running.id(), 0).chunks()).isEmpty();
            world.clock.advance(Duration.ofMillis(500));
            worker[0].beat();

            AttemptLog log = world.instances.log(running.id(), 0);
            assertThat(log.complete()).isFalse();
            assertThat(log.chunks()).hasSize(1);
            assertThat(log.chunks().get(0).text()).isEqualTo("2022-11-22T02:30:00Z INFO Planned 10 offsets.\n");
            assertThat(world.attempts(instance.id()).get(0).recordsRead()).isEqualTo(5);
            journal.log(Level.WARN, "Done.");
            return new RunOutcome.Succeeded(Plans.RECEIPT);
        });
        worker[0] = world.worker("w1");
        worker[0].tick();

        Attempt attempt = world.attempts(instance.id()).get(0);
        AttemptLog rest = world.instances.log(attempt.id(), 1);
        assertThat(rest.complete()).isTrue();
        assertThat(rest.chunks()).extracting(AttemptLog.Chunk::number).containsExactly(2);
        assertThat(world.instances.dirtyRecords(attempt.id(), 0))
                .containsExactly(new DirtyRecord(0, 12, "amount", "abc ", "abc is no number"));
        assertThat(attempt.progress()).isNotNull();
    }

    @Test
    void a_log_that_grows_too_long_keeps_head_and_tail() {
        ClaimedAttempt claimed = new Claims(world.jdbi, Set.of(), LeaseSettings.DEFAULT, world.clock)
                .claim(new WorkerName("w1"), 1)
                .get(0);
        var limits = new JournalLimits(Duration.ofMillis(500), 50, 400, Duration.ofMillis(500), 3);
        var journal = new DatabaseJournal(world.jdbi, claimed, limits, world.clock);

        for (int i = 0; i < 100; i++) {
            journal.log(Level.INFO, "line %03d and some more text".formatted(i));
            journal.dirty(new DirtyRecord(0, i, "a", "b", "c"));
        }
        journal.flush();

        String text = world.instances.log(claimed.id(), 0).chunks().stream()
                .map(AttemptLog.Chunk::text)
                .collect(Collectors.joining());
        assertThat(text)
                .contains("line 000", "line 001", "were cut out here", "line 099")
                .doesNotContain("line 050");
        assertThat(text.length()).isLessThan(600);
        assertThat(world.instances.dirtyRecords(claimed.id(), 0)).hasSize(3);
    }

    private InstanceState state() {
        return world.detail(instance.id()).instance().state();
    }
}
