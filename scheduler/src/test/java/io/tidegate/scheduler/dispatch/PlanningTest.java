package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.SchedulingType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is generated, when, and with which edges. */
class PlanningTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_node_is_planned_from_its_deployment_to_the_end_of_the_local_day() {
        world.deploy("hours", hourly(15));

        world.plan();

        assertThat(world.localTimes("hours"))
                .hasSize(14)
                .startsWith("2022-11-22T10:15")
                .endsWith("2022-11-22T23:15");
        assertThat(world.localTimes("shop_root")).containsExactly("2022-11-22T00:00");
    }

    @Test
    void planning_again_changes_nothing() {
        world.deploy("hours", hourly(15));
        world.plan();

        assertThat(world.plan().planned()).isZero();
        assertThat(world.of("hours")).hasSize(14);
    }

    @Test
    void the_next_day_is_there_half_an_hour_before_it_begins() {
        world.deploy("days", daily("00:15"));
        world.plan();
        world.clock.setLocal("2022-11-22T23:29");
        world.plan();
        assertThat(world.localTimes("days")).isEmpty();

        world.clock.setLocal("2022-11-22T23:30");
        world.plan();

        assertThat(world.localTimes("days")).containsExactly("2022-11-23T00:15");
        assertThat(world.localTimes("shop_root")).containsExactly("2022-11-22T00:00", "2022-11-23T00:00");
    }

    @Test
    void nothing_is_lost_after_three_weeks_of_downtime() {
        world.deploy("hours", hourly(0));
        world.plan();
        int before = world.of("hours").size();
        world.clock.setLocal("2022-12-13T10:00");

        world.plan();

        assertThat(before).isEqualTo(14);
        assertThat(world.number(
                        "SELECT count(*) FROM instance i JOIN node n ON n.id = i.node_id WHERE n.name = 'hours'"))
                .isEqualTo(14 + 21 * 24);
        assertThat(world.number("SELECT count(DISTINCT scheduled_time) FROM instance i JOIN node n ON n.id = i.node_id"
                        + " WHERE n.name = 'hours'"))
                .isEqualTo(14 + 21 * 24);
    }

    @Test
    void two_planners_that_race_plan_once() throws Exception {
        for (int i = 0; i < 20; i++) {
            world.deploy("node_" + i, hourly(i));
        }
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> planned = IntStream.range(0, 2)
                    .mapToObj(i -> threads.submit(() -> {
                        together.await();
                        return new PlanInstances(world.jdbi, world.clock).tick().planned();
                    }))
                    .toList();

            int sum = planned.get(0).get() + planned.get(1).get();

            // 10:00 counts: the deployment was at 10:00 sharp.
            assertThat(sum).isEqualTo(1 + 20 * 14);
            assertThat(world.number("SELECT count(*) FROM instance")).isEqualTo(sum);
            assertThat(world.number("SELECT count(*) FROM instance_dependency")).isEqualTo(20 * 14);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void parameters_are_resolved_and_the_version_is_pinned_when_an_instance_is_generated() {
        world.deploy(
                "copy",
                NodeType.MAXCOMPUTE_SQL,
                daily("23:00"),
                with(
                        new ParameterAssignment("hour", "$[yyyymmddhh24]"),
                        new ParameterAssignment("day", "$bizdate"),
                        new ParameterAssignment("id", "$nodeid/$taskid")));
        world.plan();

        world.deploy("copy", NodeType.MAXCOMPUTE_SQL, daily("23:00"), with(new ParameterAssignment("hour", "later")));
        world.plan();

        Instance instance = world.at("copy", "2022-11-22T23:00");
        assertThat(instance.nodeVersion()).isEqualTo(1);
        assertThat(instance.businessDate()).isEqualTo(LocalDate.of(2022, 11, 21));
        assertThat(instance.parameters())
                .isEqualTo(Map.of(
                        "hour",
                        "2022112223",
                        "day",
                        "20221121",
                        "id",
                        instance.nodeId().value() + "/" + instance.id().value()));
    }

    @Test
    void a_parameter_without_a_value_holds_up_neither_the_node_nor_the_others() {
        NodeId broken = world.deploy(
                "broken", NodeType.MAXCOMPUTE_SQL, daily("11:00"), with(new ParameterAssignment("hour", "$[yyyy")));
        world.deploy("sound", daily("11:00"));

        var report = world.plan();

        assertThat(report.findings()).containsOnlyKeys(broken);
        assertThat(world.of("sound")).hasSize(1);
        assertThat(world.instances.events(world.of("broken").get(0).id()).get(0).detail())
                .contains("hour = $[yyyy has no value");
    }

    @Test
    void a_node_that_cannot_be_planned_holds_up_no_other_and_is_caught_up_once_mended() {
        NodeId broken = world.deploy("broken", daily("11:00"));
        world.deploy("sound", daily("11:00"));
        world.jdbi.useHandle(handle -> handle.execute(
                "UPDATE node_version SET document = jsonb_set(document, '{resourceGroups,scheduling}', '\"gone\"')"
                        + " WHERE node_id = ?",
                broken.value()));

        assertThat(world.plan().findings()).containsOnlyKeys(broken);
        assertThat(world.of("sound")).hasSize(1);

        world.clock.setLocal("2022-11-23T09:00");
        world.deploy("broken", daily("11:00"));
        world.plan();
        assertThat(world.localTimes("broken")).containsExactly("2022-11-22T11:00", "2022-11-23T11:00");
    }

    @Test
    void scheduling_type_and_validity_are_kept() {
        world.deploy("paused", NodeType.VIRTUAL, daily("11:00"), scheduled(SchedulingType.PAUSE, null));
        world.deploy("dry", NodeType.VIRTUAL, daily("11:00"), scheduled(SchedulingType.DRY_RUN, null));
        world.deploy(
                "over", NodeType.VIRTUAL, daily("11:00"), scheduled(SchedulingType.NORMAL, LocalDate.of(2022, 11, 21)));

        world.plan();
        world.clock.setLocal("2022-11-22T11:00");
        world.settle();

        assertThat(world.of("over")).isEmpty();
        assertThat(world.of("paused").get(0).frozen()).isTrue();
        assertThat(world.state("paused", "2022-11-22T11:00")).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.state("dry", "2022-11-22T11:00")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.of("dry").get(0).attemptCount()).isZero();
    }

    @Test
    void edges_do_not_depend_on_who_is_planned_first() {
        world.deploy("parent", hourly(0));
        world.deploy("child", everyMinutes(30), "parent");
        // The child has the larger id; give the parent a later plan all the same.
        world.plan();
        assertThat(world.parents("child", "2022-11-22T10:30")).containsExactly("parent 2022-11-22T10:00");

        world.deploy("a_child", hourly(30));
        world.plan();
        world.deploy("late_parent", hourly(10));
        world.deploy("a_child", NodeType.VIRTUAL, hourly(30), PlanningTest::immediately, "late_parent");
        world.deploy("late_parent", NodeType.VIRTUAL, hourly(20), PlanningTest::immediately);
        world.plan();

        assertThat(world.parents("a_child", "2022-11-22T11:30")).containsExactly("late_parent 2022-11-22T11:20");
    }

    @Test
    void a_day_waits_for_all_hours_and_an_hour_for_its_day() {
        world.deploy("root_day", daily("12:00"));
        world.deploy("hours", hourly(0), "root_day");
        world.deploy("day", daily("23:30"), "hours");

        world.plan();

        assertThat(world.parents("hours", "2022-11-22T15:00")).containsExactly("root_day 2022-11-22T12:00");
        assertThat(world.parents("day", "2022-11-22T23:30")).hasSize(14);
    }

    @Test
    void a_deployment_leaves_today_alone_unless_it_says_immediately() {
        world.deploy("node", hourly(0));
        world.plan();
        world.clock.setLocal("2022-11-22T12:30");
        world.settle();

        world.deploy("node", hourly(15));
        world.plan();
        assertThat(world.localTimes("node")).hasSize(14).allMatch(t -> t.endsWith(":00"));

        world.deploy("node", NodeType.VIRTUAL, hourly(45), PlanningTest::immediately);
        world.plan();
        assertThat(world.localTimes("node"))
                .startsWith("2022-11-22T10:00", "2022-11-22T11:00", "2022-11-22T12:00", "2022-11-22T12:45")
                .hasSize(3 + 12);
        assertThat(world.at("node", "2022-11-22T12:45").nodeVersion()).isEqualTo(3);
        assertThat(world.state("node", "2022-11-22T12:00")).isEqualTo(InstanceState.SUCCESS);
    }

    private static UnaryOperator<NodeDocument> with(ParameterAssignment... parameters) {
        return document -> document.withParameters(List.of(parameters));
    }

    private static NodeDocument immediately(NodeDocument document) {
        return document.withSchedule(document.schedule().withGeneration(InstanceGeneration.IMMEDIATE));
    }

    static NodeDocument dryRun(NodeDocument document) {
        return scheduled(SchedulingType.DRY_RUN, null).apply(document);
    }

    private static UnaryOperator<NodeDocument> scheduled(SchedulingType type, @Nullable LocalDate validTo) {
        return document ->
                document.withSchedule(document.schedule().withType(type).withValidity(null, validTo));
    }
}
