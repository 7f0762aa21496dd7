package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Relative;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that wait for the cycle before: of their own node, of its children, of named nodes. It is 10:00. */
class PreviousCycleTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** Besides what it depends on anyway. */
    private static UnaryOperator<NodeDocument> and(DependencyRef... more) {
        return document -> {
            List<DependencyRef> all = new ArrayList<>(document.dependencies());
            all.addAll(List.of(more));
            return document.withDependencies(all);
        };
    }

    private NodeId deploy(String name, Cycle cycle, UnaryOperator<NodeDocument> change, String... parents) {
        return world.deploy(name, NodeType.MAXCOMPUTE_SQL, cycle, change, parents);
    }

    private static Cycle threeHours() {
        return Hour.at(LocalTime.of(11, 0), LocalTime.of(12, 0), LocalTime.of(13, 0));
    }

    private List<String> dashed(String node, String local) {
        return world.detail(world.at(node, local).id()).parents().stream()
                .filter(Relative::previous)
                .map(p -> p.nodeName() + " " + p.scheduledLocal())
                .toList();
    }

    @Test
    void the_first_instance_of_a_node_that_depends_on_itself_is_exempt_and_the_others_follow_each_other() {
        deploy("chain", threeHours(), and(DependencyRef.self()));
        world.settle();

        assertThat(dashed("chain", "2022-11-22T11:00")).isEmpty();
        assertThat(dashed("chain", "2022-11-22T12:00")).containsExactly("chain 2022-11-22T11:00");
        world.clock.setLocal("2022-11-22T13:30");
        world.runner.nextFails(false);
        world.settle();

        assertThat(world.state("chain", "2022-11-22T11:00")).isEqualTo(InstanceState.FAILED);
        assertThat(world.state("chain", "2022-11-22T12:00")).isEqualTo(InstanceState.NOT_RUN);
        assertThat(world.readiness(world.at("chain", "2022-11-22T12:00").id())).startsWith("Held by chain (instance ");
        world.actions.setSuccess(world.at("chain", "2022-11-22T11:00").id(), world.anna);
        world.settle();
        assertThat(world.of("chain")).allMatch(i -> i.state() == InstanceState.SUCCESS);
    }

    @Test
    void the_chain_goes_on_over_midnight_and_over_a_change_of_the_cycle() {
        deploy("chain", hourly(0), and(DependencyRef.self()));
        world.settle();
        world.clock.setLocal("2022-11-22T23:40");
        world.settle();
        assertThat(dashed("chain", "2022-11-23T00:00")).containsExactly("chain 2022-11-22T23:00");

        deploy("chain", daily("00:15"), and(DependencyRef.self()));
        world.settle();

        assertThat(dashed("chain", "2022-11-23T00:15")).containsExactly("chain 2022-11-22T23:00");
    }

    @Test
    void only_the_first_of_a_chain_waits_for_the_day_and_that_is_the_first_there_is() {
        world.deploy("day", daily("20:00"));
        deploy("chain", hourly(0), and(DependencyRef.self()), "day");
        world.plan();

        // The calendar's first is at midnight; the node was deployed at 10:00.
        assertThat(world.parents("chain", "2022-11-22T10:00")).containsExactly("day 2022-11-22T20:00");
        assertThat(world.parents("chain", "2022-11-22T11:00")).containsExactly("chain 2022-11-22T10:00");
    }

    @Test
    void a_day_waits_for_the_nearest_of_hours_that_depend_on_themselves() {
        deploy("chain", hourly(0), and(DependencyRef.self()));
        world.deploy("day", daily("12:30"), "chain");
        world.plan();

        assertThat(world.parents("day", "2022-11-22T12:30")).containsExactly("chain 2022-11-22T12:00");
    }

    @Test
    void a_day_can_wait_for_the_hours_of_the_day_before() {
        deploy("hours", threeHours(), document -> document);
        deploy("day", daily("00:15"), and(DependencyRef.previousCycle("shop.hours")));
        world.settle();
        world.clock.setLocal("2022-11-22T23:40");
        world.runner.nextFails(false);
        world.settle();

        assertThat(dashed("day", "2022-11-23T00:15"))
                .containsExactly("hours 2022-11-22T11:00", "hours 2022-11-22T12:00", "hours 2022-11-22T13:00");
        assertThat(world.state("day", "2022-11-23T00:15")).isEqualTo(InstanceState.NOT_RUN);
    }

    @Test
    void a_node_can_wait_for_what_its_children_did_in_the_cycle_before_whoever_they_are() {
        deploy("parent", hourly(0), and(DependencyRef.children()));
        deploy("first", hourly(0), document -> document, "parent");
        deploy("second", hourly(0), document -> document, "parent");
        deploy("grandchild", hourly(0), document -> document, "first");
        world.plan();

        assertThat(dashed("parent", "2022-11-22T10:00")).isEmpty();
        assertThat(dashed("parent", "2022-11-22T11:00"))
                .containsExactlyInAnyOrder("first 2022-11-22T10:00", "second 2022-11-22T10:00");

        // It leaves its parent on the next day.
        deploy("second", hourly(0), document -> document);
        world.clock.setLocal("2022-11-22T23:40");
        world.plan();
        assertThat(dashed("parent", "2022-11-23T01:00")).containsExactly("first 2022-11-23T00:00");
    }

    @Test
    void it_does_not_matter_who_is_planned_last() {
        deploy("child", hourly(0), document -> document);
        deploy("parent", hourly(0), document -> document);
        deploy("child", hourly(0), and(DependencyRef.previousCycle("shop.parent")));
        world.plan();
        assertThat(dashed("child", "2022-11-22T12:00")).containsExactly("parent 2022-11-22T11:00");

        // Planned anew: its instances are others now.
        deploy(
                "parent",
                hourly(0),
                document -> document.withSchedule(document.schedule().withGeneration(InstanceGeneration.IMMEDIATE)));
        world.plan();

        assertThat(dashed("child", "2022-11-22T12:00")).containsExactly("parent 2022-11-22T11:00");
        assertThat(dashed("child", "2022-11-22T10:00")).isEmpty();
    }

    @Test
    void an_instance_keeps_the_dependencies_that_it_was_generated_with() {
        deploy("old_parent", hourly(0), document -> document);
        deploy("child", hourly(0), document -> document, "old_parent");
        world.plan();
        deploy("new_parent", hourly(0), document -> document);
        // From tomorrow on.
        deploy("child", hourly(0), document -> document, "new_parent");
        world.plan();
        deploy(
                "new_parent",
                hourly(0),
                document -> document.withSchedule(document.schedule().withGeneration(InstanceGeneration.IMMEDIATE)));
        world.plan();

        assertThat(world.parents("child", "2022-11-22T12:00")).containsExactly("old_parent 2022-11-22T12:00");
        world.clock.setLocal("2022-11-22T23:40");
        world.plan();
        assertThat(world.parents("child", "2022-11-23T12:00")).containsExactly("new_parent 2022-11-23T12:00");
    }

    @Test
    void an_edge_to_the_cycle_before_is_removed_once_and_stays_away() {
        deploy("chain", threeHours(), and(DependencyRef.self()));
        world.settle();
        world.clock.setLocal("2022-11-22T13:30");
        world.runner.nextFails(false);
        world.settle();
        Instance second = world.at("chain", "2022-11-22T12:00");

        world.actions.removeDependency(
                second.id(), world.at("chain", "2022-11-22T11:00").id(), world.anna, "Start anew");
        world.settle();

        assertThat(world.state(second.id())).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("chain", "2022-11-22T13:00")).isEqualTo(InstanceState.SUCCESS);
        assertThat(dashed("chain", "2022-11-22T13:00")).containsExactly("chain 2022-11-22T12:00");
    }

    @Test
    void a_frozen_instance_holds_the_next_cycle_and_a_rerun_with_descendants_goes_down_the_chain() {
        deploy("chain", threeHours(), and(DependencyRef.self()));
        world.settle();
        Instance first = world.at("chain", "2022-11-22T11:00");
        world.actions.freeze(first.id(), world.anna, "");
        world.clock.setLocal("2022-11-22T13:30");
        world.settle();
        assertThat(world.readiness(world.at("chain", "2022-11-22T12:00").id()))
                .contains("frozen")
                .contains("chain (instance " + first.id().value());

        world.actions.unfreeze(first.id(), world.anna, "");
        world.settle();
        assertThat(world.of("chain")).allMatch(i -> i.state() == InstanceState.SUCCESS);
        world.actions.rerunWithDescendants(first.id(), null, world.anna, false, "");
        assertThat(world.state("chain", "2022-11-22T13:00")).isEqualTo(InstanceState.NOT_RUN);
        world.settle();
        assertThat(world.of("chain")).allMatch(i -> world.attempts(i.id()).size() == 2);
    }

    @Test
    void a_backfill_of_a_node_that_depends_on_itself_runs_in_order_and_waits_for_nothing_outside() {
        NodeId chain = deploy("chain", hourly(0), and(DependencyRef.self()));
        world.settle();
        world.actions.freeze(world.at("chain", "2022-11-22T11:00").id(), world.anna, "");

        world.backfills.create(
                world.workspace.id(),
                NewBackfill.between(
                        null,
                        List.of(chain),
                        LocalDateTime.parse("2022-11-21T22:00"),
                        LocalDateTime.parse("2022-11-22T01:00")),
                world.anna);
        world.settle();

        assertThat(world.number("""
                SELECT count(*) FROM instance_dependency d
                JOIN instance c ON c.id = d.child_id JOIN instance p ON p.id = d.parent_id
                WHERE c.origin = 'BACKFILL' AND p.origin = 'BACKFILL' AND d.previous""")).isEqualTo(3);
        assertThat(world.number("SELECT count(*) FROM instance WHERE origin = 'BACKFILL' AND state = 'SUCCESS'"))
                .isEqualTo(4);
        // Each began when the one before it was over.
        assertThat(world.number("""
                SELECT count(*) FROM instance_dependency d
                JOIN attempt c ON c.instance_id = d.child_id JOIN attempt p ON p.instance_id = d.parent_id
                WHERE d.previous AND c.id < p.id""")).isZero();
    }
}
