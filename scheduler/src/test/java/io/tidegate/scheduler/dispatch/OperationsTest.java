package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstanceHistory;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceOperation;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users do to an instance that waits: freeze, let go, hurry, reorder. */
class OperationsTest {
    private static final String HALF_PAST = "2022-11-22T10:30";
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_frozen_instance_waits_past_its_time_and_says_for_whom() {
        InstanceId copy = planned("copy");
        world.actions.freeze(copy, world.anna, "topic is being moved");
        assertThat(world.readiness(copy))
                .endsWith(
                        "It is frozen by anna since 2022-11-22 10:00:00 Asia/Shanghai (topic is being moved) as well, and"
                                + " must be unfrozen.");

        world.clock.setLocal(HALF_PAST);
        world.settle();
        assertThat(world.state(copy)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.readiness(copy)).startsWith("It is due but frozen by anna since 2022-11-22 10:00:00");

        world.actions.unfreeze(copy, world.boris, "");
        assertThat(world.state(copy)).as("at once").isEqualTo(InstanceState.WAIT_RESOURCE);
        world.settle();
        assertThat(world.state(copy)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.causes(copy))
                .containsExactly(
                        "Planned",
                        "ParentsDone",
                        "FreezeAsked",
                        "UnfreezeAsked",
                        "TimeReached",
                        "SlotTaken",
                        "AttemptSucceeded");
        InstanceHistory frozen = world.instances.events(copy).get(2);
        assertThat(frozen.actor()).isEqualTo("anna");
        assertThat(frozen.detail()).isEqualTo("Reason: topic is being moved");
        assertThat(world.audited("instance.freeze", copy)).containsEntry("reason", "topic is being moved");
        assertThat(world.audited("instance.unfreeze", copy)).containsEntry("state", "WAIT_TIME");
    }

    @Test
    void an_instance_frozen_in_the_queue_takes_no_slot_and_holds_its_children_back() {
        InstanceId copy = planned("copy");
        world.deploy("child", daily("10:30"), "copy");
        world.plan();
        world.clock.setLocal(HALF_PAST);
        world.opener.tick();
        assertThat(world.state(copy)).isEqualTo(InstanceState.WAIT_RESOURCE);

        world.actions.freeze(copy, world.anna, "");

        assertThat(world.worker("w1").tick()).isZero();
        assertThat(world.readiness(copy)).contains("frozen by anna").contains("resource group default_scheduling");
        assertThat(world.readiness(world.at("child", HALF_PAST).id()))
                .contains("copy (instance " + copy.value() + ", frozen)");
        world.actions.unfreeze(copy, world.anna, "");
        world.settle();
        assertThat(world.state("child", HALF_PAST)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void unfreezing_does_not_pass_over_a_parent_that_was_rerun_meanwhile() {
        InstanceId parent = planned("parent");
        world.deploy("child", daily("10:40"), "parent");
        world.plan();
        world.clock.setLocal(HALF_PAST);
        world.settle();
        InstanceId child = world.at("child", "2022-11-22T10:40").id();
        world.actions.freeze(child, world.anna, "");
        world.clock.setLocal("2022-11-22T10:40");
        world.actions.rerun(parent, world.anna);

        world.actions.unfreeze(child, world.anna, "");

        assertThat(world.state(child)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.readiness(child)).startsWith("Waits for parent (instance");
        world.settle();
        assertThat(world.state(child)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void a_redeployment_leaves_alone_what_a_user_has_frozen() {
        InstanceId copy = planned("copy");
        world.actions.freeze(copy, world.anna, "");

        world.deployNow("copy", daily("10:30"));
        world.plan();

        assertThat(world.at("copy", HALF_PAST).id()).isEqualTo(copy);
        assertThat(world.detail(copy).freeze()).isNotNull();
    }

    @Test
    void a_removed_dependency_lets_one_instance_go_and_stays_removed() {
        InstanceId parent = planned("parent");
        world.deploy("other", daily("10:30"));
        world.deploy("child", daily("10:30"), "parent", "other");
        world.plan();
        world.actions.freeze(parent, world.anna, "");
        world.clock.setLocal(HALF_PAST);
        world.settle();
        InstanceId child = world.at("child", HALF_PAST).id();
        assertThat(world.readiness(child)).startsWith("Held by parent (instance " + parent.value() + ", frozen)");

        world.actions.removeDependency(child, parent, world.anna, "its data is there already");

        assertThat(world.state(child)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(world.parents("child", HALF_PAST)).containsExactly("other " + HALF_PAST);
        assertThat(world.instances.events(child))
                .filteredOn(event -> event.cause().equals("DependencyRemoved"))
                .extracting(InstanceHistory::detail)
                .containsExactly("No longer waits for parent (instance " + parent.value()
                        + ", 2022-11-22T10:30). Reason: its data is there already");
        assertThat(world.audited("instance.remove-dependency", child))
                .containsEntry("parent", Long.toString(parent.value()));
    }

    @Test
    void a_removed_dependency_does_not_come_back_when_the_edges_of_the_day_are_drawn_again() {
        InstanceId parent = planned("parent");
        world.deploy("other", daily("10:30"));
        world.deploy("child", daily("10:30"), "parent", "other");
        world.plan();
        InstanceId child = world.at("child", HALF_PAST).id();
        world.actions.removeDependency(child, parent, world.anna, "");

        world.deployNow("parent", daily("10:30"));
        world.plan();

        assertThat(world.at("parent", HALF_PAST).id()).as("planned anew").isNotEqualTo(parent);
        assertThat(world.parents("child", HALF_PAST)).containsExactly("other " + HALF_PAST);
    }

    @Test
    void only_a_parent_that_holds_it_back_can_be_removed() {
        InstanceId parent = planned("parent");
        world.deploy("other", daily("10:30"));
        world.deploy("child", daily("10:30"), "parent", "other");
        world.plan();
        InstanceId child = world.at("child", HALF_PAST).id();
        world.actions.freeze(world.at("other", HALF_PAST).id(), world.anna, "");
        world.clock.setLocal(HALF_PAST);
        world.settle();

        assertThatThrownBy(() -> world.actions.removeDependency(child, parent, world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("parent (instance %d) is done and holds nothing back.".formatted(parent.value()));
        assertThatThrownBy(() -> world.actions.removeDependency(child, child, world.anna, ""))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> world.actions.removeDependency(parent, child, world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("It is over: it waits for no parent any more.");
    }

    @Test
    void running_now_skips_the_time() {
        InstanceId copy = planned("copy");
        assertThat(world.readiness(copy)).contains("may run from 2022-11-22 10:30:00");

        world.actions.runNow(copy, world.anna, "needed at once");

        assertThat(world.state(copy)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(world.detail(copy).instance().eligibleAt()).isEqualTo(world.clock.instant());
        world.settle();
        assertThat(world.state(copy)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.causes(copy)).containsSequence("RunNowAsked", "TimeReached", "SlotTaken");
    }

    @Test
    void running_now_skips_the_interval_before_an_automatic_rerun() {
        InstanceId copy = planned("copy");
        world.runner.nextFails(true);
        world.clock.setLocal(HALF_PAST);
        world.opener.tick();
        Worker worker = world.worker("w1");
        worker.tick();
        assertThat(world.readiness(copy)).startsWith("Attempt 1 failed; attempt 2 may begin at 2022-11-22 10:32:00");

        world.actions.runNow(copy, world.anna, "");

        assertThat(worker.tick()).isEqualTo(1);
        assertThat(world.state(copy)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void running_now_does_not_skip_the_parents() {
        InstanceId parent = planned("parent");
        world.deploy("child", daily("10:30"), "parent");
        world.plan();
        InstanceId child = world.at("child", HALF_PAST).id();

        assertThatThrownBy(() -> world.actions.runNow(child, world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "It waits for parent (instance %d, waiting): running now skips the waiting for its time, not for its parents."
                                .formatted(parent.value()));
        world.actions.freeze(parent, world.anna, "");
        assertThatThrownBy(() -> world.actions.runNow(parent, world.anna, ""))
                .hasMessage("It is frozen: unfreeze it first.");
    }

    @Test
    void the_larger_priority_is_claimed_first_and_readiness_says_the_place_in_the_queue() {
        InstanceId first = planned("first");
        InstanceId second = planned("second");
        world.clock.setLocal(HALF_PAST);
        world.opener.tick();
        world.slots("default_scheduling", 1);
        assertThat(world.readiness(first)).contains("nothing is before it");
        assertThat(world.readiness(second)).contains("1 instance is before it");

        world.actions.changePriority(second, 8, world.anna, "");

        assertThat(world.readiness(second)).contains("nothing is before it");
        assertThat(world.readiness(first)).contains("1 instance is before it");
        world.worker("w1", 1, world.runner).tick();
        assertThat(world.state(second)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state(first)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(world.instances.events(second))
                .extracting(InstanceHistory::detail)
                .contains("Priority 8, was 1.");
        assertThatThrownBy(() -> world.actions.changePriority(first, 9, world.anna, ""))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> world.actions.changePriority(second, 2, world.anna, ""))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void a_frozen_instance_stands_in_nobodys_way() {
        InstanceId first = planned("first");
        InstanceId second = planned("second");
        world.clock.setLocal(HALF_PAST);
        world.opener.tick();
        world.actions.freeze(first, world.anna, "");

        assertThat(world.readiness(second)).contains("nothing is before it");
    }

    @Test
    void asking_a_second_time_changes_nothing_and_says_so() {
        InstanceId copy = planned("copy");
        world.actions.freeze(copy, world.anna, "");
        long events = world.instances.events(copy).size();

        assertThatThrownBy(() -> world.actions.freeze(copy, world.boris, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("It is frozen already.");
        world.actions.unfreeze(copy, world.boris, "");
        assertThatThrownBy(() -> world.actions.unfreeze(copy, world.anna, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage("It is not frozen.");
        assertThat(world.instances.events(copy)).hasSize((int) events + 1);
        assertThat(world.number("SELECT count(*) FROM audit_entry WHERE action LIKE 'instance.%'"))
                .isEqualTo(2);
    }

    @Test
    void a_detail_lists_what_is_allowed_and_why_the_rest_is_not() {
        InstanceId copy = planned("copy");

        assertThat(world.detail(copy).operations())
                .containsEntry(InstanceOperation.RUN_NOW, null)
                .containsEntry(InstanceOperation.STOP, null)
                .containsEntry(InstanceOperation.UNFREEZE, "It is not frozen.")
                .containsEntry(
                        InstanceOperation.SET_SUCCESS, "It has not failed: only a failed instance is set to success.");
    }

    @Test
    void a_reason_is_bounded() {
        InstanceId copy = planned("copy");

        assertThatThrownBy(() -> world.actions.freeze(copy, world.anna, "x".repeat(501)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> world.actions.freeze(new InstanceId(999_999), world.anna, ""))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void readiness_of_a_whole_page_says_the_same_as_of_each_instance() {
        InstanceId parent = planned("parent");
        world.deploy("child", daily("10:30"), "parent");
        planned("frozen");
        planned("later");
        world.plan();
        world.actions.freeze(world.at("frozen", HALF_PAST).id(), world.anna, "");
        world.actions.runNow(parent, world.anna, "");
        world.clock.advance(Duration.ofSeconds(1));
        var page = world.instances
                .list(world.workspace.id(), InstanceFilter.all(Environment.PROD), null, 500)
                .items();

        var readiness = world.instances.readiness(page);

        assertThat(page).hasSizeGreaterThan(4);
        for (var instance : page) {
            var why = readiness.get(instance.id());
            assertThat(why == null ? null : why.sentence())
                    .as(instance.nodeName())
                    .isEqualTo(world.detail(instance.id()).readiness());
        }
        assertThat(world.instances.readiness(List.of())).isEmpty();
    }

    @Test
    void readiness_of_a_page_costs_no_more_queries_than_readiness_of_a_few() {
        InstanceId parent = planned("parent");
        world.deploy("child", everyMinutes(5), "parent");
        world.plan();
        world.actions.freeze(parent, world.anna, "");
        world.clock.setLocal(HALF_PAST);
        world.opener.tick();
        var page = world.instances
                .list(world.workspace.id(), InstanceFilter.all(Environment.PROD), null, 500)
                .items();
        AtomicInteger queries = new AtomicInteger();
        world.jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                queries.incrementAndGet();
            }
        });

        assertThat(world.instances.readiness(page)).hasSizeGreaterThan(150);

        assertThat(queries.get()).isBetween(1, 5);
    }

    /** A node of 10:30 whose instance waits for its time; it is 10:00. */
    private InstanceId planned(String node) {
        world.deploy(node, daily("10:30"));
        world.settle();
        return world.at(node, HALF_PAST).id();
    }
}
