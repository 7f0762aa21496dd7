package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.CatchUp.Policy;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import io.tidegate.scheduler.instance.DryRunReason;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.workspace.WorkspaceChange;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scheduler stands still for a while: what runs afterwards, and what is missed and says so. It is 10:00. */
class CatchUpAfterPauseTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private void deploy(String name, Cycle cycle, Policy policy, @Nullable Integer maxAge, String... parents) {
        world.deploy(
                name,
                NodeType.VIRTUAL,
                cycle,
                document -> document.withSchedule(document.schedule().withCatchUp(new CatchUp(policy, maxAge))),
                parents);
    }

    /** Nothing ticks in between. */
    private void pauseUntil(String local) {
        world.settle();
        world.clock.setLocal(local);
        world.settle();
    }

    private List<String> ran(String node) {
        return times(node, false);
    }

    private List<String> missed(String node) {
        assertThat(world.of(node)).filteredOn(Instance::dryRun).allMatch(i -> i.dryRunReason() == DryRunReason.MISSED);
        return times(node, true);
    }

    private List<String> times(String node, boolean dryRun) {
        return world.of(node).stream()
                .filter(i -> i.state() == InstanceState.SUCCESS && i.dryRun() == dryRun)
                .map(i -> i.scheduledLocal().toString().substring(8))
                .toList();
    }

    @Test
    void by_default_everything_runs_however_late() {
        world.deploy("node", hourly(30));

        pauseUntil("2022-11-23T09:00");

        assertThat(ran("node")).hasSize(14 + 9);
        assertThat(missed("node")).isEmpty();
    }

    @Test
    void within_a_planned_day_the_policy_says_what_runs() {
        deploy("latest", hourly(30), Policy.LATEST, null);
        deploy("none", hourly(30), Policy.NONE, null);
        deploy("young", hourly(30), Policy.ALL, 100);

        pauseUntil("2022-11-22T14:00");

        assertThat(ran("latest")).containsExactly("22T13:30");
        assertThat(missed("latest")).containsExactly("22T10:30", "22T11:30", "22T12:30");
        assertThat(ran("none")).isEmpty();
        assertThat(missed("none")).containsExactly("22T10:30", "22T11:30", "22T12:30", "22T13:30");
        assertThat(ran("young")).containsExactly("22T12:30", "22T13:30");
        assertThat(missed("young")).containsExactly("22T10:30", "22T11:30");

        world.clock.setLocal("2022-11-22T14:30");
        world.settle();
        assertThat(ran("none")).as("goes on with what comes").containsExactly("22T14:30");
    }

    @Test
    void over_midnight_the_last_one_is_the_last_of_what_was_planned_and_what_was_not() {
        deploy("latest", hourly(30), Policy.LATEST, null);
        deploy("none", hourly(30), Policy.NONE, null);

        pauseUntil("2022-11-24T02:45");

        assertThat(ran("latest")).containsExactly("24T02:30");
        assertThat(missed("latest")).hasSize(14 + 24 + 2);
        assertThat(ran("none")).isEmpty();
        assertThat(missed("none")).hasSize(14 + 24 + 3);
        assertThat(world.at("none", "2022-11-24T03:30").dryRun()).isFalse();
    }

    @Test
    void a_month_of_pause_is_caught_up_in_steps_and_the_last_is_still_the_last() {
        deploy("latest", daily("09:00"), Policy.LATEST, null);

        pauseUntil("2022-12-24T08:00");

        assertThat(ran("latest")).containsExactly("23T09:00");
        assertThat(missed("latest")).hasSize(30);
    }

    @Test
    void of_a_week_the_last_one_is_the_last_chosen_day() {
        // It is a Tuesday; the pause holds Mondays 28 November and 5 December.
        deploy("weekly", Week.on(LocalTime.of(9, 0), Weekday.MON), Policy.LATEST, null);

        pauseUntil("2022-12-07T12:00");

        assertThat(ran("weekly")).containsExactly("05T09:00");
        assertThat(world.at("weekly", "2022-11-28T09:00").dryRunReason()).isEqualTo(DryRunReason.MISSED);
        assertThat(world.at("weekly", "2022-12-06T09:00").dryRunReason()).isEqualTo(DryRunReason.NOT_A_CHOSEN_DAY);
    }

    @Test
    void a_pause_of_less_than_ten_minutes_is_none() {
        deploy("none", hourly(5), Policy.NONE, null);

        pauseUntil("2022-11-22T10:09");

        assertThat(ran("none")).containsExactly("22T10:05");
    }

    @Test
    void what_is_slow_is_not_missed() {
        // The parent holds the child for hours, while the scheduler ticks all the time.
        deploy("none", hourly(5), Policy.NONE, null, "shop_root");
        world.settle();
        world.jdbi.useHandle(handle -> handle.execute("UPDATE instance SET frozen = true WHERE state <> 'SUCCESS'"));
        for (int minute = 0; minute <= 180; minute += 5) {
            world.clock.advance(Duration.ofMinutes(5));
            world.settle();
        }
        world.jdbi.useHandle(handle -> handle.execute("UPDATE instance SET frozen = false"));
        world.settle();

        assertThat(ran("none")).containsExactly("22T10:05", "22T11:05", "22T12:05", "22T13:05");
    }

    @Test
    void a_missed_instance_says_so_lets_its_children_run_and_runs_when_it_is_rerun() {
        deploy("none", hourly(30), Policy.NONE, null);
        world.deploy("child", hourly(40), "none");

        pauseUntil("2022-11-22T11:00");

        Instance missed = world.at("none", "2022-11-22T10:30");
        assertThat(missed.attemptCount()).isZero();
        assertThat(world.causes(missed.id())).contains("Missed");
        assertThat(world.instances.events(missed.id()))
                .anySatisfy(event -> assertThat(event.detail()).startsWith("Missed: nothing ran when it was due"));
        assertThat(ran("child")).containsExactly("22T10:40");

        world.actions.rerun(missed.id(), world.anna);
        world.settle();
        assertThat(world.at("none", "2022-11-22T10:30").dryRun()).isFalse();
        assertThat(world.at("none", "2022-11-22T10:30").attemptCount()).isEqualTo(1);
    }

    @Test
    void the_workspace_decides_for_nodes_that_do_not() {
        world.deploy("silent", hourly(30));
        deploy("all", hourly(30), Policy.ALL, null);
        world.workspaces.change(
                world.workspace.id(), new WorkspaceChange(null, new CatchUp(Policy.NONE, null), null), world.anna);

        pauseUntil("2022-11-22T12:00");

        assertThat(missed("silent")).containsExactly("22T10:30", "22T11:30");
        assertThat(ran("all")).containsExactly("22T10:30", "22T11:30");
        assertThat(world.workspaces.get("shop").catchUp()).isEqualTo(new CatchUp(Policy.NONE, null));
    }

    @Test
    void a_policy_that_is_not_sound_is_refused() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> world.workspaces.change(
                        world.workspace.id(), new WorkspaceChange(null, new CatchUp(Policy.ALL, 0), null), world.anna))
                .satisfies(e -> assertThat(e.findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.field()).isEqualTo("/catchUp/maxAgeMinutes")));
    }

    @Test
    void switched_off_nothing_is_planned_and_what_is_there_runs_on() {
        world.deploy("node", hourly(30));
        world.settle();
        switchTo(false, null);

        pauseUntil("2022-11-24T09:00");

        assertThat(ran("node")).hasSize(14);
        assertThat(world.of("node")).hasSize(14);
    }

    @Test
    void switched_on_again_it_goes_on_from_now() {
        world.deploy("node", hourly(30));
        world.deploy("child", hourly(40), "node");
        world.settle();
        switchTo(false, null);
        pauseUntil("2022-11-24T09:00");

        switchTo(true, null);
        world.settle();
        world.clock.setLocal("2022-11-24T10:00");
        world.settle();

        assertThat(ran("node")).hasSize(14 + 1).endsWith("24T09:30");
        assertThat(ran("child")).hasSize(14 + 1).endsWith("24T09:40");
        assertThat(world.localTimes("shop_root")).containsExactly("2022-11-22T00:00", "2022-11-24T00:00");
    }

    @Test
    void switched_on_again_it_plans_what_was_missed_when_it_is_asked_to_by_the_policy_of_each_node() {
        world.deploy("all", hourly(30));
        deploy("latest", hourly(30), Policy.LATEST, null);
        world.settle();
        switchTo(false, null);
        // The scheduler itself never stands still: 23 hours in steps of nine minutes and a half.
        for (int i = 0; i < 145; i++) {
            world.clock.advance(Duration.ofSeconds(570));
            world.opener.tick();
        }
        world.settle();

        switchTo(true, true);
        world.settle();

        assertThat(ran("all")).hasSize(14 + 9);
        assertThat(ran("latest")).hasSize(14 + 1).endsWith("23T08:30");
        assertThat(missed("latest")).hasSize(8);
    }

    @Test
    void what_a_user_froze_is_not_missed_but_runs_when_it_is_unfrozen() {
        deploy("node", hourly(30), Policy.LATEST, null);
        world.settle();
        Instance held = world.at("node", "2022-11-22T11:30");
        world.actions.freeze(held.id(), world.anna, "Not yet");

        pauseUntil("2022-11-22T14:00");

        assertThat(missed("node")).containsExactly("22T10:30", "22T12:30");
        assertThat(world.state(held.id())).isEqualTo(InstanceState.WAIT_TIME);
        world.actions.unfreeze(held.id(), world.anna, "");
        world.settle();
        assertThat(world.detail(held.id()).instance().dryRun()).isFalse();
        assertThat(world.attempts(held.id())).hasSize(1);
    }

    private void switchTo(boolean on, @Nullable Boolean planMissed) {
        world.workspaces.change(world.workspace.id(), new WorkspaceChange(on, null, planMissed), world.anna);
    }
}
