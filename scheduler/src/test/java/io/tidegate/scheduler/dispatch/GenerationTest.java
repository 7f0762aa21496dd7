package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From when on a deployment counts: on the next day or at once, at noon and around midnight. */
class GenerationTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> times(String node, String date) {
        return world.localTimes(node).stream()
                .filter(t -> t.startsWith(date))
                .map(t -> t.substring(11))
                .toList();
    }

    private static NodeDocument immediately(NodeDocument document) {
        return document.withSchedule(document.schedule().withGeneration(InstanceGeneration.IMMEDIATE));
    }

    @Test
    void a_cycle_that_changes_at_noon_counts_from_the_next_day_on() {
        world.deploy("node", hourly(0));
        world.settle();
        world.clock.setLocal("2022-11-22T12:30");
        world.settle();

        world.deploy("node", daily("20:00"));
        world.settle();
        assertThat(times("node", "2022-11-22"))
                .hasSize(14)
                .doesNotContain("20:30")
                .endsWith("23:00");

        world.clock.setLocal("2022-11-23T09:00");
        world.settle();
        assertThat(times("node", "2022-11-23")).containsExactly("20:00");
        assertThat(world.of("node")).filteredOn(i -> i.nodeVersion() == 1).hasSize(14);
    }

    @Test
    void a_cycle_that_changes_at_noon_immediately_keeps_what_ran_and_replaces_what_did_not() {
        world.deploy("node", hourly(0));
        world.deploy("child", daily("23:30"), "node");
        world.settle();
        world.clock.setLocal("2022-11-22T12:30");
        world.settle();

        world.deploy("node", NodeType.VIRTUAL, everyMinutes(30), GenerationTest::immediately);
        world.settle();

        assertThat(times("node", "2022-11-22"))
                .startsWith("10:00", "11:00", "12:00", "12:30", "13:00")
                .endsWith("23:30")
                .hasSize(3 + 23);
        assertThat(world.of("node")).filteredOn(i -> i.nodeVersion() == 1).hasSize(3);
        // The child that was planned before waits for what there is now, and for nothing that is gone.
        assertThat(world.parents("child", "2022-11-22T23:30")).hasSize(26);
    }

    @Test
    void a_change_from_hours_to_a_week_leaves_no_hour_behind() {
        world.deploy("node", hourly(0));
        world.settle();

        // It is a Tuesday.
        world.deploy("node", NodeType.VIRTUAL, Week.on(LocalTime.of(20, 0), Weekday.MON), GenerationTest::immediately);
        world.settle();

        assertThat(times("node", "2022-11-22")).containsExactly("10:00", "20:00");
        assertThat(world.at("node", "2022-11-22T20:00").dryRun()).isTrue();
    }

    @Test
    void there_is_no_dead_hour_before_midnight_in_either_mode() {
        world.deploy("next_day", hourly(0));
        world.deploy("at_once", hourly(0));
        world.settle();
        world.clock.setLocal("2022-11-22T23:40");
        world.settle();
        assertThat(times("next_day", "2022-11-23")).hasSize(24);

        world.deploy("next_day", hourly(15));
        world.deploy("at_once", NodeType.VIRTUAL, everyMinutes(15), GenerationTest::immediately);
        world.deploy("new_one", hourly(50));
        world.settle();

        assertThat(times("next_day", "2022-11-22")).endsWith("23:00");
        assertThat(times("next_day", "2022-11-23"))
                .hasSize(24)
                .startsWith("00:15")
                .endsWith("23:15");
        assertThat(times("at_once", "2022-11-22")).endsWith("23:00", "23:45");
        assertThat(times("at_once", "2022-11-23")).hasSize(96).startsWith("00:00", "00:15");
        assertThat(times("new_one", "2022-11-22")).containsExactly("23:50");
        assertThat(times("new_one", "2022-11-23")).hasSize(24);
    }

    @Test
    void a_deployment_in_the_last_and_in_the_first_minute_of_a_day_counts_from_the_same_day_on() {
        world.deploy("before", hourly(0));
        world.deploy("after", hourly(0));
        world.settle();
        world.clock.setLocal("2022-11-22T23:59");
        world.settle();
        world.deploy("before", hourly(30));
        world.settle();

        world.clock.setLocal("2022-11-23T00:00");
        world.deploy("after", NodeType.VIRTUAL, hourly(30), GenerationTest::immediately);
        world.settle();

        assertThat(times("before", "2022-11-23")).hasSize(24).startsWith("00:30");
        assertThat(times("after", "2022-11-23")).hasSize(24).startsWith("00:30");
        assertThat(world.of("before")).extracting(Instance::state).doesNotContain(InstanceState.FAILED);
    }

    @Test
    void a_new_node_runs_from_its_deployment_on_and_never_before() {
        world.clock.setLocal("2022-11-22T15:07");
        world.deploy("next_day", everyMinutes(5));
        world.deploy("at_once", NodeType.VIRTUAL, everyMinutes(5), GenerationTest::immediately);
        world.settle();

        assertThat(times("next_day", "2022-11-22")).startsWith("15:10");
        assertThat(times("at_once", "2022-11-22")).startsWith("15:10");
        assertThat(world.of("at_once")).noneMatch(Instance::dryRun);
    }
}
