package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.instance.DryRunReason;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs when in a backfill. It is 2022-11-22 10:00. */
class BackfillOrderTest {
    private final BackfillScene scene = new BackfillScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void one_business_date_runs_after_the_other_and_each_is_counted() {
        NodeId node = scene.world.deploy("days", daily("06:00"));

        BackfillId id = scene.begin(backfillOf(node).over("2022-11-01", "2022-11-03"));

        assertThat(scene.instances(id, "days"))
                .extracting(
                        i -> i.businessDate().toString(),
                        i -> i.scheduledLocal().toString())
                .containsExactly(
                        tuple("2022-11-01", "2022-11-02T06:00"),
                        tuple("2022-11-02", "2022-11-03T06:00"),
                        tuple("2022-11-03", "2022-11-04T06:00"));
        assertThat(scene.progress(id)).containsExactly(2, 1, 0, 0, 0, 0);
        assertThat(scene.rounds())
                .containsExactly(
                        List.of("days 2022-11-02T06:00"),
                        List.of("days 2022-11-03T06:00"),
                        List.of("days 2022-11-04T06:00"));
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 3, 0, 0);
        Backfill done = scene.backfill(id);
        assertThat(done.standing().state()).isEqualTo(BackfillState.DONE);
        assertThat(done.dates()).isEqualTo(new Backfill.DateCounts(3, 3, 3));
    }

    @Test
    void so_many_dates_as_groups_run_at_the_same_time_and_the_newest_first_on_demand() {
        NodeId node = scene.world.deploy("days", daily("06:00"));

        BackfillId id = scene.begin(
                backfillOf(node).over("2022-11-01", "2022-11-05").inGroups(2).descending());

        assertThat(scene.datesInHand(id)).containsExactly("2022-11-05", "2022-11-04");
        List<ClaimedAttempt> first = scene.startAll();
        scene.succeed(first.get(1));
        scene.tick();
        assertThat(scene.datesInHand(id)).hasSize(2).contains("2022-11-03");
        assertThat(scene.progress(id)).containsExactly(2, 1, 1, 1, 0, 0);
    }

    @Test
    void several_ranges_are_one_backfill_and_a_date_in_two_of_them_runs_once() {
        NodeId node = scene.world.deploy("days", daily("06:00"));

        BackfillId id = scene.begin(backfillOf(node)
                .over("2022-11-08", "2022-11-09")
                .over("2022-11-01", "2022-11-02")
                .over("2022-11-02", "2022-11-02"));

        assertThat(scene.dates(id))
                .extracting(date -> date.businessDate().toString())
                .containsExactly("2022-11-01", "2022-11-02", "2022-11-08", "2022-11-09");
        assertThat(scene.rounds()).hasSize(4);
        assertThat(scene.backfill(id).total()).isEqualTo(4);
    }

    @Test
    void hours_of_a_date_run_side_by_side_and_only_those_of_the_range_while_days_are_not_concerned() {
        NodeId hours = scene.world.deploy("hours", hourly(0));
        NodeId days = scene.world.deploy("days", daily("20:00"), "hours");

        BackfillId id = scene.begin(
                backfillOf(hours, days).over("2022-11-01", "2022-11-01").hours("06:00", "08:30"));

        assertThat(scene.rounds())
                .containsExactly(
                        List.of("hours 2022-11-02T06:00", "hours 2022-11-02T07:00", "hours 2022-11-02T08:00"),
                        List.of("days 2022-11-02T20:00"));
        assertThat(scene.backfill(id).total()).isEqualTo(4);
    }

    @Test
    void a_node_that_waits_for_itself_forces_the_order_of_dates_and_of_the_hours_in_them() {
        NodeId node = scene.world.deploy(
                "hours",
                NodeType.VIRTUAL,
                Hour.every(8, LocalTime.MIDNIGHT, LocalTime.of(23, 59)),
                BackfillOrderTest::waitingForItself);

        BackfillId id = scene.begin(
                backfillOf(node).over("2022-11-01", "2022-11-02").inGroups(5).descending());

        assertThat(scene.backfill(id).groups()).isEqualTo(1);
        assertThat(scene.backfill(id).descending()).isFalse();
        assertThat(scene.rounds())
                .containsExactly(
                        List.of("hours 2022-11-02T00:00"),
                        List.of("hours 2022-11-02T08:00"),
                        List.of("hours 2022-11-02T16:00"),
                        List.of("hours 2022-11-03T00:00"),
                        List.of("hours 2022-11-03T08:00"),
                        List.of("hours 2022-11-03T16:00"));
    }

    @Test
    void a_chain_with_an_excluded_middle_keeps_its_order_and_the_middle_does_not_work() {
        NodeId first = scene.world.deploy("first", daily("06:00"));
        NodeId middle = scene.world.deploy("middle", daily("06:00"), "first");
        NodeId last = scene.world.deploy("last", daily("06:00"), "middle");
        scene.world.deploy("aside", daily("06:00"), "first");

        BackfillId id =
                scene.begin(backfillOf(first).asChainTo(last).without(middle).over("2022-11-01", "2022-11-01"));

        assertThat(scene.backfill(id).nodes())
                .extracting(Backfill.BackfilledNode::name)
                .containsExactly("first", "last", "middle");
        scene.tick();
        assertThat(scene.startAll()).hasSize(1).allSatisfy(a -> {
            assertThat(a.nodeName()).isEqualTo("first");
            assertThat(scene.instance(id, "last", "2022-11-02T06:00").state()).isEqualTo(InstanceState.NOT_RUN);
            scene.succeed(a);
        });
        Instance dry = scene.instance(id, "middle", "2022-11-02T06:00");
        assertThat(dry.state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(dry.attemptCount()).isZero();
        assertThat(dry.dryRunReason()).isEqualTo(DryRunReason.EXCLUDED);
        assertThat(scene.round()).containsExactly("last 2022-11-02T06:00");
    }

    @Test
    void descendants_come_along_and_an_excluded_node_that_is_frozen_holds_nobody() {
        NodeId first = scene.world.deploy("first", daily("06:00"));
        NodeId middle = scene.world.deploy("middle", daily("06:00"), "first");
        scene.world.deploy("last", daily("06:00"), "middle");
        scene.world.jdbi.useHandle(handle -> handle.execute(
                "UPDATE deployed_node SET frozen_by = 'anna', frozen_at = now() WHERE node_id = " + middle.value()));

        BackfillId id =
                scene.begin(backfillOf(first).withDescendants().without(middle).over("2022-11-01", "2022-11-01"));

        scene.rounds();
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 3, 0, 0);
    }

    @Test
    void on_the_day_on_which_the_clocks_go_forward_an_hourly_node_has_23_instances_and_25_hours_are_24_in_autumn() {
        scene.world.jdbi.useHandle(handle -> handle.execute("UPDATE workspace SET time_zone = 'Europe/Berlin'"));
        NodeId node = scene.world.deploy("hours", hourly(30));

        BackfillId spring = scene.begin(backfillOf(node).over("2022-03-26", "2022-03-26"));
        BackfillId autumn = scene.begin(backfillOf(node).over("2022-10-29", "2022-10-29"));

        assertThat(scene.instances(spring, "hours"))
                .hasSize(23)
                .allMatch(i -> i.businessDate().toString().equals("2022-03-26"));
        assertThat(scene.instances(autumn, "hours")).hasSize(24);
        scene.rounds();
        assertThat(scene.backfill(spring).standing().state()).isEqualTo(BackfillState.DONE);
        assertThat(scene.backfill(autumn).standing().state()).isEqualTo(BackfillState.DONE);
    }

    @Test
    void future_dates_wait_for_their_time_or_run_now() {
        NodeId node = scene.world.deploy("days", daily("06:00"));

        BackfillId waits = scene.begin(backfillOf(node).over("2022-11-22", "2022-11-22"));
        BackfillId runs =
                scene.begin(backfillOf(node).over("2022-11-22", "2022-11-22").now());

        assertThat(scene.round()).containsExactly("days 2022-11-23T06:00");
        assertThat(scene.progress(runs)).containsExactly(0, 0, 0, 1, 0, 0);
        assertThat(scene.progress(waits)).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(scene.world.readiness(scene.instances(waits, "days").get(0).id()))
                .contains("from 2022-11-23 06:00:00");
        scene.world.clock.setLocal("2022-11-23T06:00");
        assertThat(scene.round()).containsExactly("days 2022-11-23T06:00");
    }

    @Test
    void a_backfill_of_another_day_yields_to_the_cycle_of_today_and_one_of_today_does_not() {
        NodeId node = scene.world.deploy("days", daily("06:00"));
        NodeId important =
                scene.world.deploy("important", NodeType.VIRTUAL, daily("06:00"), document -> document.withPriority(8));

        BackfillId old = scene.begin(backfillOf(node, important).over("2022-11-01", "2022-11-01"));
        BackfillId today = scene.begin(backfillOf(node).over("2022-11-21", "2022-11-21"));
        scene.tick();

        assertThat(scene.instances(old, "days").get(0).priority()).isEqualTo(-7);
        assertThat(scene.instances(old, "important").get(0).priority()).isZero();
        assertThat(scene.instances(today, "days").get(0).priority()).isEqualTo(1);
        assertThat(scene.startAll())
                .extracting(a -> a.nodeName() + " " + a.scheduledLocal())
                .containsExactly("days 2022-11-22T06:00", "important 2022-11-02T06:00", "days 2022-11-02T06:00");
    }

    private static NodeDocument waitingForItself(NodeDocument document) {
        List<DependencyRef> dependencies = new ArrayList<>(document.dependencies());
        dependencies.add(DependencyRef.self());
        return document.withDependencies(dependencies);
    }
}
