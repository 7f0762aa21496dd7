package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceChange;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parents in other workspaces, which may live in another zone or be switched off. It is 10:00 in Shanghai, 03:00 in Berlin. */
class OtherWorkspacesTest {
    private final World world = new World();
    private final Workspace berlin = world.workspaces.create(
            new NewWorkspace("berlin", WorkspaceMode.STANDARD, ZoneId.of("Europe/Berlin")), world.anna);

    @AfterEach
    void close() {
        world.close();
    }

    private void deployInBerlin(String name, Cycle cycle) {
        world.deployIn(
                berlin,
                name,
                NodeType.MAXCOMPUTE_SQL,
                NodeDocument.of("", cycle).withDependencies(List.of(DependencyRef.sameCycle(berlin.rootOutput()))));
    }

    private static NodeDocument afterBerlin(NodeDocument document, DependencyRef dependency) {
        return document.withDependencies(List.of(DependencyRef.sameCycle("shop.shop_root"), dependency));
    }

    private void switchBerlin(boolean on) {
        world.workspaces.change(berlin.id(), new WorkspaceChange(on, null, null), world.anna);
    }

    @Test
    void an_hour_waits_for_the_hour_of_the_same_moment_elsewhere_and_a_day_for_the_day_of_the_same_date() {
        deployInBerlin("hours", Hour.at(LocalTime.of(4, 0), LocalTime.of(16, 0)));
        deployInBerlin("day", daily("09:00"));
        world.deploy(
                "after_hours",
                NodeType.MAXCOMPUTE_SQL,
                hourly(30),
                d -> afterBerlin(d, DependencyRef.sameCycle("berlin.hours")));
        world.deploy(
                "after_day",
                NodeType.MAXCOMPUTE_SQL,
                daily("23:00"),
                d -> afterBerlin(d, DependencyRef.sameCycle("berlin.day")));
        world.deploy(
                "day_after",
                NodeType.MAXCOMPUTE_SQL,
                daily("00:15"),
                d -> afterBerlin(d, DependencyRef.previousCycle("berlin.day")));
        world.plan();
        world.clock.setLocal("2022-11-22T23:40");
        world.plan();

        // 04:00 in Berlin is 11:00 in Shanghai, 16:00 is 23:00.
        assertThat(world.parents("after_hours", "2022-11-22T15:30")).contains("hours 2022-11-22T04:00");
        assertThat(world.parents("after_hours", "2022-11-22T23:30")).contains("hours 2022-11-22T16:00");
        assertThat(world.parents("after_day", "2022-11-22T23:00")).contains("day 2022-11-22T09:00");
        assertThat(world.parents("day_after", "2022-11-23T00:15")).contains("day 2022-11-22T09:00");
    }

    @Test
    void a_parent_whose_workspace_is_switched_off_is_waited_for_and_named() {
        deployInBerlin("day", daily("00:30"));
        world.deploy(
                "child",
                NodeType.MAXCOMPUTE_SQL,
                daily("12:00"),
                d -> afterBerlin(d, DependencyRef.sameCycle("berlin.day")));
        world.settle();
        switchBerlin(false);
        world.clock.setLocal("2022-11-24T13:00");
        world.settle();
        Instance child = world.at("child", "2022-11-24T12:00");

        assertThat(world.state(child.id())).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.readiness(child.id()))
                .contains("its parent node day is planned only up to")
                .contains("periodic scheduling of workspace berlin");
    }

    @Test
    void run_now_lets_an_instance_go_without_a_parent_that_gets_no_instance() {
        deployInBerlin("day", daily("00:30"));
        world.deploy(
                "child",
                NodeType.MAXCOMPUTE_SQL,
                daily("12:00"),
                d -> afterBerlin(d, DependencyRef.sameCycle("berlin.day")));
        world.settle();
        switchBerlin(false);
        world.clock.setLocal("2022-11-24T13:00");
        world.settle();
        Instance child = world.at("child", "2022-11-24T12:00");

        world.actions.runNow(child.id(), world.anna, "Berlin is closed");
        world.settle();

        assertThat(world.state(child.id())).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.instances.events(child.id()))
                .anySatisfy(e -> assertThat(e.detail()).contains("Without day, whose workspace makes no instances."));
        // Only this one: the next day's waits again.
        world.clock.setLocal("2022-11-25T13:00");
        world.settle();
        assertThat(world.state("child", "2022-11-25T12:00")).isEqualTo(InstanceState.WAIT_TIME);
    }

    @Test
    void it_goes_on_when_the_parents_workspace_is_switched_on_again() {
        deployInBerlin("day", daily("00:30"));
        world.deploy(
                "child",
                NodeType.MAXCOMPUTE_SQL,
                daily("12:00"),
                d -> afterBerlin(d, DependencyRef.sameCycle("berlin.day")));
        world.settle();
        switchBerlin(false);
        world.clock.setLocal("2022-11-24T13:00");
        world.settle();

        switchBerlin(true);
        world.settle();

        assertThat(world.state("child", "2022-11-24T12:00")).isEqualTo(InstanceState.SUCCESS);
    }
}
