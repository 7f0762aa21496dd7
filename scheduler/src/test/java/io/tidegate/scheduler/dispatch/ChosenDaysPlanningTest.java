package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.cycle.Month;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import io.tidegate.scheduler.instance.DryRunReason;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.SchedulingType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that work on chosen days, and nodes that do not work at all. It is Tuesday, 22 November 2022, 10:00. */
class ChosenDaysPlanningTest {
    private static final LocalTime AT_ELEVEN = LocalTime.of(11, 0);
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Instance on(String node, String date) {
        return world.at(node, date + "T11:00");
    }

    @Test
    void a_weekly_node_has_an_instance_every_day_and_works_on_its_days() {
        world.deploy("weekly", Week.on(AT_ELEVEN, Weekday.TUE, Weekday.THU));
        for (String day : List.of("22", "23", "24")) {
            world.clock.setLocal("2022-11-" + day + "T11:00");
            world.settle();
        }

        assertThat(world.of("weekly")).hasSize(3).allMatch(i -> i.state() == InstanceState.SUCCESS);
        assertThat(world.of("weekly")).extracting(Instance::dryRun).containsExactly(false, true, false);
        assertThat(world.of("weekly")).extracting(Instance::attemptCount).containsExactly(1, 0, 1);
        assertThat(on("weekly", "2022-11-23").dryRunReason()).isEqualTo(DryRunReason.NOT_A_CHOSEN_DAY);
        assertThat(world.instances
                        .events(on("weekly", "2022-11-23").id())
                        .get(0)
                        .detail())
                .contains("not one of the days");
        assertThat(world.instances
                        .events(on("weekly", "2022-11-22").id())
                        .get(0)
                        .detail())
                .isEmpty();
    }

    @Test
    void a_dry_day_of_a_week_or_month_lets_its_daily_and_hourly_children_run() {
        world.deploy("monthly", Month.on(AT_ELEVEN, 31));
        world.deploy("daily_child", daily("12:00"), "monthly");
        world.deploy("hourly_child", hourly(0), "monthly");
        world.plan();
        assertThat(world.parents("daily_child", "2022-11-22T12:00")).containsExactly("monthly 2022-11-22T11:00");
        assertThat(world.parents("hourly_child", "2022-11-22T12:00")).containsExactly("monthly 2022-11-22T11:00");

        world.clock.setLocal("2022-11-22T12:00");
        world.settle();

        assertThat(on("monthly", "2022-11-22").dryRun()).isTrue();
        assertThat(world.at("daily_child", "2022-11-22T12:00").attemptCount()).isEqualTo(1);
        assertThat(world.state("hourly_child", "2022-11-22T12:00")).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void a_weekly_child_waits_for_all_hours_of_its_day() {
        world.deploy("hours", hourly(0));
        world.deploy("weekly", Week.on(LocalTime.of(23, 30), Weekday.TUE), "hours");

        world.plan();

        assertThat(world.parents("weekly", "2022-11-22T23:30")).hasSize(14);
    }

    @Test
    void a_backfill_works_on_chosen_days_and_runs_dry_on_the_others() {
        NodeId node = world.deploy("monthly", Month.on(AT_ELEVEN, 1, 15));
        world.plan();

        world.backfills.create(
                world.workspace.id(),
                NewBackfill.between(
                        "october",
                        List.of(node),
                        LocalDateTime.parse("2022-10-01T00:00"),
                        LocalDateTime.parse("2022-10-31T23:59")),
                world.anna);
        world.settle();

        List<Instance> backfilled = world.of("monthly").stream()
                .filter(i -> i.scheduledLocal().toLocalDate().isBefore(LocalDate.of(2022, 11, 1)))
                .toList();
        assertThat(backfilled).hasSize(31).allMatch(i -> i.state() == InstanceState.SUCCESS);
        assertThat(backfilled)
                .filteredOn(i -> !i.dryRun())
                .extracting(i -> i.scheduledLocal().getDayOfMonth())
                .containsExactly(1, 15);
    }

    @Test
    void a_paused_node_is_frozen_at_its_time_and_holds_its_children_with_a_sentence_that_says_why() {
        world.deploy("paused", NodeType.VIRTUAL, daily("11:00"), typed(SchedulingType.PAUSE));
        world.deploy("child", daily("11:30"), "paused");
        world.clock.setLocal("2022-11-22T12:00");
        world.settle();

        assertThat(on("paused", "2022-11-22").frozen()).isTrue();
        assertThat(on("paused", "2022-11-22").state()).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.state("child", "2022-11-22T11:30")).isEqualTo(InstanceState.NOT_RUN);
        assertThat(world.detail(on("paused", "2022-11-22").id()).readiness()).contains("frozen");
        assertThat(world.detail(world.at("child", "2022-11-22T11:30").id()).readiness())
                .contains("paused")
                .contains("unfrozen");
    }

    @Test
    void a_paused_weekly_node_holds_its_children_on_the_other_days_too() {
        world.deploy("paused", NodeType.VIRTUAL, Week.on(AT_ELEVEN, Weekday.MON), typed(SchedulingType.PAUSE));
        world.deploy("child", daily("11:30"), "paused");
        world.clock.setLocal("2022-11-22T12:00");
        world.settle();

        assertThat(on("paused", "2022-11-22").state()).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.state("child", "2022-11-22T11:30")).isEqualTo(InstanceState.NOT_RUN);
    }

    @Test
    void a_node_of_dry_runs_lets_its_children_run_and_says_why_it_is_dry() {
        world.deploy("dry", NodeType.VIRTUAL, daily("11:00"), PlanningTest::dryRun);
        world.deploy("child", daily("11:30"), "dry");
        world.clock.setLocal("2022-11-22T12:00");
        world.settle();

        assertThat(on("dry", "2022-11-22").dryRunReason()).isEqualTo(DryRunReason.SCHEDULING_TYPE);
        assertThat(world.at("child", "2022-11-22T11:30").attemptCount()).isEqualTo(1);
    }

    @Test
    void outside_the_validity_there_are_no_instances_and_inside_both_of_its_ends_there_are() {
        world.deploy(
                "valid",
                NodeType.VIRTUAL,
                daily("11:00"),
                document -> document.withSchedule(
                        document.schedule().withValidity(LocalDate.of(2022, 11, 23), LocalDate.of(2022, 11, 24))));
        for (String day : List.of("22", "23", "24", "25", "26")) {
            world.clock.setLocal("2022-11-" + day + "T12:00");
            world.settle();
        }

        assertThat(world.localTimes("valid")).containsExactly("2022-11-23T11:00", "2022-11-24T11:00");
    }

    private static UnaryOperator<NodeDocument> typed(SchedulingType type) {
        return document -> document.withSchedule(document.schedule().withType(type));
    }
}
