package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From due to done: order, outcomes, reruns, stops. */
class RunningTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_instance_waits_for_its_parent_then_for_its_time_then_for_a_worker() {
        world.deploy("parent", daily("10:30"));
        world.deploy("child", daily("11:00"), "parent");
        world.plan();
        world.opener.tick();
        assertThat(world.state("parent", "2022-11-22T10:30")).isEqualTo(InstanceState.NOT_RUN);
        world.settle();
        assertThat(world.state("parent", "2022-11-22T10:30")).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.state("child", "2022-11-22T11:00")).isEqualTo(InstanceState.NOT_RUN);
        assertThat(readiness("child", "2022-11-22T11:00")).startsWith("Waits for parent (instance");

        world.clock.setLocal("2022-11-22T10:30");
        world.settle();
        assertThat(world.state("parent", "2022-11-22T10:30")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("child", "2022-11-22T11:00")).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(readiness("child", "2022-11-22T11:00")).contains("may run from 2022-11-22 11:00:00");

        world.clock.setLocal("2022-11-22T11:00");
        world.opener.tick();
        assertThat(world.state("child", "2022-11-22T11:00")).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(readiness("child", "2022-11-22T11:00")).contains("16 of 16 slots");
        world.settle();
        InstanceId child = world.at("child", "2022-11-22T11:00").id();
        assertThat(world.causes(child))
                .containsExactly("Planned", "ParentsDone", "TimeReached", "SlotTaken", "AttemptSucceeded");
        assertThat(world.detail(child).readiness()).isNull();
    }

    @Test
    void children_open_in_the_transaction_that_ends_their_parent() {
        world.deploy("parent", daily("10:30"));
        world.deploy("child", daily("10:00"), "parent");
        world.deploy("grandchild", daily("10:00"), "child");
        world.plan();
        world.clock.setLocal("2022-11-22T10:30");
        world.settle();
        Instance parent = world.at("parent", "2022-11-22T10:30");
        Instance child = world.at("child", "2022-11-22T10:00");

        // The same transaction has the same now() in the database; the rows tell it by their transaction id.
        assertThat(world.number("""
                SELECT count(DISTINCT xmin::text) FROM instance_event
                WHERE (instance_id = %d AND cause = 'AttemptSucceeded')
                   OR (instance_id = %d AND cause IN ('ParentsDone', 'TimeReached'))""".formatted(parent.id().value(), child.id().value())))
                .isEqualTo(1);
        assertThat(world.state("grandchild", "2022-11-22T10:00")).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void a_dry_run_opens_its_children_without_a_worker() {
        world.deploy("dry", NodeType.VIRTUAL, daily("10:30"), PlanningTest::dryRun);
        world.deploy("child", daily("10:30"), "dry");
        world.plan();
        world.settle();

        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();

        assertThat(world.state("dry", "2022-11-22T10:30")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("child", "2022-11-22T10:30")).isEqualTo(InstanceState.WAIT_RESOURCE);
    }

    @Test
    void an_automatic_rerun_waits_its_interval_and_reuses_the_plan() {
        Instance instance = due("copy");
        world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "the network broke off.", true);
        });
        Worker worker = world.worker("w1");
        worker.tick();
        assertThat(state(instance)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.detail(instance.id()).readiness()).contains("attempt 2 may begin at 2022-11-22 10:32:00");

        world.clock.advance(Duration.ofSeconds(119));
        world.opener.tick();
        assertThat(worker.tick()).isZero();
        world.clock.advance(Duration.ofSeconds(1));
        world.opener.tick();
        assertThat(worker.tick()).isEqualTo(1);

        assertThat(state(instance)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.runner.requests.get(0).plan()).isNull();
        assertThat(world.runner.requests.get(1).plan()).isEqualTo(Plans.SMALL);
        assertThat(world.attempts(instance.id()))
                .extracting(a -> a.state(), a -> a.number(), a -> a.epoch())
                .containsExactly(tuple(AttemptState.SUCCEEDED, 2, 2L), tuple(AttemptState.FAILED, 1, 1L));
    }

    @Test
    void automatic_reruns_end_and_the_instance_fails() {
        Instance instance = due("copy");
        Worker worker = world.worker("w1");
        for (int i = 0; i < 4; i++) {
            world.runner.nextFails(true);
            assertThat(worker.tick()).isEqualTo(1);
            world.clock.advance(Duration.ofMinutes(2));
            world.opener.tick();
        }

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(worker.tick()).isZero();
        assertThat(world.attempts(instance.id()).get(0).message()).isEqualTo("the network broke off.");
        assertThat(world.instances
                        .events(instance.id())
                        .get(world.instances.events(instance.id()).size() - 1)
                        .detail())
                .contains("Attempt 4 failed", "No automatic reruns are left");
    }

    @Test
    void a_failure_that_another_attempt_cannot_mend_is_not_tried_again() {
        Instance instance = due("copy");
        world.runner.nextFails(false);

        world.worker("w1").tick();

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(world.detail(instance.id()).instance().autoRerunsLeft()).isEqualTo(3);
    }

    @Test
    void code_without_a_value_for_its_parameter_fails_and_names_it() {
        world.deploy(
                "sql",
                NodeType.MAXCOMPUTE_SQL,
                daily("10:30"),
                d -> d.withCode("SELECT '${day}', ${hour}, '${bdp.system.bizdate}'")
                        .withParameters(List.of(new ParameterAssignment("day", "$bizdate"))));
        runDue();

        InstanceId id = world.at("sql", "2022-11-22T10:30").id();
        assertThat(world.attempts(id).get(0).message()).contains("${hour} at 1:18");
        assertThat(world.attempts(id).get(0).failureKind()).isEqualTo("BAD_DOCUMENT");

        world.deploy(
                "sql2",
                NodeType.MAXCOMPUTE_SQL,
                daily("10:30"),
                d -> d.withCode("SELECT '${day}', '${bdp.system.bizdate}'")
                        .withParameters(List.of(new ParameterAssignment("day", "$bizdate"))));
        world.settle();
        assertThat(world.runner.lastRequest().code()).isEqualTo("SELECT '20221121', '20221121'");
    }

    @Test
    void a_manual_rerun_starts_over_with_a_new_plan_and_all_reruns() {
        Instance instance = due("copy");
        world.runner
                .next((request, journal, cancellation) -> {
                    journal.planned(Plans.SMALL);
                    return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "broke off.", true);
                })
                .nextFails(false);
        Worker worker = world.worker("w1");
        worker.tick();
        world.clock.advance(Duration.ofMinutes(2));
        world.opener.tick();
        worker.tick();
        assertThat(world.detail(instance.id()).instance().autoRerunsLeft()).isEqualTo(2);

        world.actions.rerun(instance.id(), world.anna);

        assertThat(world.detail(instance.id()).instance().autoRerunsLeft()).isEqualTo(3);
        worker.tick();
        assertThat(state(instance)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.runner.lastRequest().plan()).isNull();
        assertThat(world.number("SELECT count(*) FROM audit_entry WHERE action = 'instance.rerun'"))
                .isEqualTo(1);
    }

    @Test
    void the_rerun_property_is_obeyed() {
        Instance once = due("once", rerun(RerunProperty.DENIED));
        world.runner.nextFails(true);
        world.worker("w1").tick();
        assertThat(state(once)).isEqualTo(InstanceState.FAILED);
        assertThatThrownBy(() -> world.actions.rerun(once.id(), world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("DENIED");

        Instance onFailure = due("on_failure", rerun(RerunProperty.FAILURE_ONLY));
        world.worker("w2").tick();
        assertThat(state(onFailure)).isEqualTo(InstanceState.SUCCESS);
        assertThatThrownBy(() -> world.actions.rerun(onFailure.id(), world.anna))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void a_stopped_run_is_not_rerun_by_itself() {
        Instance instance = due("copy");
        Worker[] worker = new Worker[1];
        world.runner.next((request, journal, cancellation) -> {
            assertThat(cancellation.requested()).isFalse();
            world.actions.stop(instance.id(), world.anna);
            world.clock.advance(Duration.ofSeconds(1));
            worker[0].beat();
            assertThat(cancellation.requested()).isTrue();
            return new RunOutcome.Cancelled();
        });
        worker[0] = world.worker("w1");

        worker[0].tick();

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(world.attempts(instance.id()).get(0).state()).isEqualTo(AttemptState.STOPPED);
        InstanceDetail detail = world.detail(instance.id());
        assertThat(detail.events().get(detail.events().size() - 1).actor()).isEqualTo("anna");
        world.clock.advance(Duration.ofHours(1));
        world.settle();
        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
    }

    @Test
    void a_failure_after_a_stop_was_asked_is_not_rerun_either() {
        Instance instance = due("copy");
        world.runner.next((request, journal, cancellation) -> {
            world.actions.stop(instance.id(), world.anna);
            return new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "broke off.", true);
        });

        world.worker("w1").tick();

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
    }

    @Test
    void an_instance_that_waits_is_stopped_at_once() {
        Instance instance = due("copy");

        world.actions.stop(instance.id(), world.anna);

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThatThrownBy(() -> world.actions.stop(instance.id(), world.anna)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> world.actions.stop(new InstanceId(-1), world.anna))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_failed_instance_set_to_success_opens_its_children() {
        Instance instance = due("copy");
        world.deploy("child", daily("10:30"), "copy");
        world.runner.nextFails(false);
        world.settle();
        assertThat(world.state("child", "2022-11-22T10:30")).isEqualTo(InstanceState.NOT_RUN);

        world.actions.setSuccess(instance.id(), world.anna);

        assertThat(state(instance)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("child", "2022-11-22T10:30")).isEqualTo(InstanceState.WAIT_RESOURCE);
    }

    @Test
    void a_run_that_takes_too_long_is_ended_and_not_tried_again() {
        Instance instance = due("copy", d -> d.withTimeoutMinutes(5));

        runOutOfTime();

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(world.attempts(instance.id()).get(0).failureKind()).isEqualTo("TIMEOUT");
        assertThat(world.instances.events(instance.id()))
                .last()
                .satisfies(event -> assertThat(event.detail()).contains("The node does not rerun after a timeout"));
    }

    @Test
    void a_run_that_takes_too_long_is_tried_again_where_the_node_says_so() {
        Instance instance = due(
                "copy",
                d -> d.withTimeoutMinutes(5)
                        .withRerun(new RerunPolicy(RerunProperty.ALLOWED, true, 1, 2).alsoAfterTimeout()));

        runOutOfTime();
        assertThat(state(instance)).isEqualTo(InstanceState.WAIT_TIME);
        world.clock.advance(Duration.ofMinutes(2));
        world.opener.tick();
        runOutOfTime();

        assertThat(state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(world.attempts(instance.id())).hasSize(2).allMatch(a -> "TIMEOUT".equals(a.failureKind()));
    }

    private void runOutOfTime() {
        Worker[] worker = new Worker[1];
        world.runner.next((request, journal, cancellation) -> {
            for (int i = 0; i < 5 * 6; i++) {
                assertThat(cancellation.requested()).isFalse();
                world.clock.advance(Duration.ofSeconds(10));
                worker[0].beat();
            }
            return cancellation.requested() ? new RunOutcome.Cancelled() : new RunOutcome.Succeeded(null);
        });
        worker[0] = world.worker("w1");
        assertThat(worker[0].tick()).isEqualTo(1);
    }

    @Test
    void pages_of_instances_meet_without_gap_or_overlap() {
        world.deploy("hours", hourly(0));
        world.deploy("other", hourly(0));
        world.plan();
        var filter = InstanceFilter.all(Environment.PROD);

        var first = world.instances.list(world.workspace.id(), filter, null, 10);
        var second = world.instances.list(world.workspace.id(), filter, first.next(), 10);
        var third = world.instances.list(world.workspace.id(), filter, second.next(), 10);

        assertThat(first.items())
                .hasSize(10)
                .isSortedAccordingTo((a, b) -> b.scheduledTime().compareTo(a.scheduledTime()));
        assertThat(third.items()).hasSize(9);
        assertThat(third.next()).isNull();
        assertThat(List.of(first, second, third).stream()
                        .flatMap(p -> p.items().stream())
                        .map(Instance::id)
                        .distinct())
                .hasSize(29);
    }

    private Instance due(String name) {
        return due(name, d -> d);
    }

    private Instance due(String name, UnaryOperator<NodeDocument> change) {
        world.settle();
        world.runner.requests.clear();
        world.deploy(name, NodeType.MAXCOMPUTE_SQL, daily("10:30"), change);
        world.clock.setLocal("2022-11-22T10:30");
        world.plan();
        world.opener.tick();
        Instance instance = world.at(name, "2022-11-22T10:30");
        assertThat(instance.state()).isEqualTo(InstanceState.WAIT_RESOURCE);
        return instance;
    }

    private void runDue() {
        world.plan();
        world.clock.setLocal("2022-11-22T10:30");
        world.settle();
    }

    private static UnaryOperator<NodeDocument> rerun(RerunProperty property) {
        return d -> d.withRerun(new RerunPolicy(property, true, 3, 2));
    }

    private InstanceState state(Instance instance) {
        return world.detail(instance.id()).instance().state();
    }

    private String readiness(String node, String local) {
        return String.valueOf(world.detail(world.at(node, local).id()).readiness());
    }
}
