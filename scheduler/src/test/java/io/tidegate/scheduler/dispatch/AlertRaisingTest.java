package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertCondition;
import io.tidegate.scheduler.alert.AlertKind;
import io.tidegate.scheduler.alert.AlertScope;
import io.tidegate.scheduler.alert.RaiseEventAlerts;
import io.tidegate.scheduler.dispatch.CopiedWindows.Copy;
import io.tidegate.scheduler.instance.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertRaisingTest {
    private final AlertWorld world = new AlertWorld().hourlyNode();

    @AfterEach
    void close() {
        world.close();
    }

    private void tick() {
        world.events.tick();
    }

    private long eventsNoted() {
        return world.world.number("SELECT count(*) FROM alert_event");
    }

    @Test
    void each_failed_attempt_is_one_alert_that_says_which_and_why_and_what_to_do() {
        world.rule(new AlertCondition.Failed());
        InstanceId id = world.fails("10:00", true);
        tick();
        tick();

        Alert alert = world.raised().get(0);
        assertThat(world.raised()).hasSize(1);
        assertThat(alert.kind()).isEqualTo(AlertKind.FAILED);
        assertThat(alert.title()).isEqualTo("orders failed; another attempt follows");
        assertThat(alert.why()).startsWith("Attempt 1 failed: the network broke off.");
        assertThat(alert.instanceId()).isEqualTo(id.value());
        assertThat(alert.attempt()).isEqualTo(1);
        assertThat(world.detail(alert, "Node")).isEqualTo("orders (MAXCOMPUTE_SQL, workflow copies)");
        assertThat(world.detail(alert, "Instance"))
                .isEqualTo(id.value() + " (CYCLE), scheduled 2022-11-22 10:00 Asia/Shanghai, business date 2022-11-21");
        assertThat(world.detail(alert, "What to do")).startsWith("Nothing yet");

        world.world.clock.advance(Duration.ofMinutes(2));
        world.world.runner.nextFails(false);
        world.world.settle();
        tick();
        assertThat(world.raised()).extracting(Alert::attempt).containsExactly(1, 2);
        assertThat(world.titles()).last().isEqualTo("orders failed, and no attempt follows");
    }

    @Test
    void failed_after_all_reruns_waits_for_the_last_attempt() {
        world.rule(new AlertCondition.FailedAfterReruns());
        world.fails("10:00", true);
        for (int i = 0; i < 2; i++) {
            tick();
            assertThat(world.raised()).isEmpty();
            world.world.runner.nextFails(true);
            world.world.clock.advance(Duration.ofMinutes(2));
            world.world.settle();
        }
        tick();

        assertThat(world.raised()).extracting(Alert::attempt).containsExactly(3);
        assertThat(world.raised().get(0).why()).contains("No automatic reruns are left");
    }

    @Test
    void one_alert_of_an_instance_may_be_enough() {
        world.limits(null, true).rule(new AlertCondition.Failed());
        world.fails("10:00", true);
        tick();
        world.world.runner.nextFails(false);
        world.world.clock.advance(Duration.ofMinutes(2));
        world.world.settle();
        tick();
        world.fails("11:00", false);
        tick();

        assertThat(world.raised()).extracting(Alert::attempt).containsExactly(1, 1);
    }

    @Test
    void what_a_user_stops_and_what_succeeds_is_no_alert_and_leaves_nothing_behind() {
        world.rule(new AlertCondition.Failed());
        world.world.settle();
        world.world.clock.setLocal("2022-11-22T10:00");
        world.world.actions.stop(
                world.world.at(AlertWorld.NODE, "2022-11-22T11:00").id(), world.world.anna);
        world.runs("10:00");

        assertThat(eventsNoted()).isZero();
        tick();
        assertThat(world.raised()).isEmpty();
    }

    @Test
    void nothing_is_noted_where_no_rule_asks_and_a_rule_is_about_what_comes_after_it() {
        world.fails("10:00", false);
        assertThat(eventsNoted()).isZero();
        world.rule(new AlertCondition.Failed());
        tick();
        assertThat(world.raised()).isEmpty();

        world.fails("11:00", false);
        assertThat(eventsNoted()).isEqualTo(1);
        tick();
        assertThat(world.raised()).hasSize(1);
        assertThat(eventsNoted()).isZero();
    }

    @Test
    void a_rule_is_about_the_nodes_in_its_scope() {
        long node = world.world.number("SELECT id FROM node WHERE name = 'orders'");
        long root = world.world.number("SELECT id FROM node WHERE is_root");
        for (AlertScope scope : List.of(new AlertScope.Chosen(List.of(root)), new AlertScope.Chosen(List.of(node)))) {
            var rule = world.rules.create(
                    world.world.workspace.id(), world.wanted(new AlertCondition.Failed(), scope), world.world.anna);
            world.fails(scope.holds(node, 1L) ? "11:00" : "10:00", false);
            tick();
            world.rules.delete(rule.id(), world.world.anna);
        }

        assertThat(world.raised()).hasSize(1);
        assertThat(world.raised().get(0).ruleId())
                .as("the alert outlives its rule")
                .isNull();
        assertThat(world.raised().get(0).ruleName()).isEqualTo("FAILED");
    }

    @Test
    void a_server_that_dies_before_it_commits_loses_nothing() {
        world.rule(new AlertCondition.Failed(), world.hook("ops"));
        world.fails("10:00", false);
        // A server took the event, and its connection is gone before it committed.
        world.world.jdbi.useHandle(handle -> {
            handle.begin();
            handle.execute("DELETE FROM alert_event");
            handle.rollback();
        });
        tick();

        assertThat(world.raised()).hasSize(1);
    }

    @Test
    void an_event_that_commits_late_is_not_passed_over() {
        world.rule(new AlertCondition.Failed());
        world.world.jdbi.useTransaction(handle -> {
            // A lower number than those of the instance that fails meanwhile, and visible only after it.
            long first =
                    world.world.at(AlertWorld.NODE, "2022-11-22T10:00").id().value();
            handle.execute(
                    "INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until,"
                            + " started_at) VALUES (?, 9, 1, 9, 'w', 'FAILED', now(), now())",
                    first);
            handle.execute(
                    "INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)"
                            + " VALUES (?, now(), 'RUNNING', 'FAILED', 'AttemptFailed', 'w', 9, 'late')",
                    first);
            CompletableFuture.runAsync(() -> {
                        world.fails("11:00", false);
                        tick();
                    })
                    .join();
        });
        assertThat(world.raised())
                .extracting(Alert::why)
                .noneMatch("late"::equals)
                .isNotEmpty();
        tick();
        assertThat(world.raised()).extracting(Alert::why).contains("late");
    }

    @Test
    void of_several_servers_that_look_at_once_each_alert_is_raised_by_one() {
        world.rule(new AlertCondition.Failed(), world.hook("ops"));
        for (int i = 0; i < 12; i++) {
            world.world.runner.nextFails(false);
        }
        world.runs("21:00");
        assertThat(eventsNoted()).isEqualTo(12);

        List<CompletableFuture<Integer>> servers = IntStream.range(0, 4)
                .mapToObj(i -> new RaiseEventAlerts(world.world.jdbi, world.world.clock))
                .map(duty -> CompletableFuture.supplyAsync(duty::tick))
                .toList();

        assertThat(servers.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(12);
        assertThat(world.raised()).hasSize(12);
        assertThat(world.world.number("SELECT count(*) FROM alert_delivery")).isEqualTo(12);
    }

    @Test
    void an_event_that_is_seen_twice_is_one_alert() {
        world.rule(new AlertCondition.Failed());
        world.fails("10:00", false);
        long event = world.world.number("SELECT event_id FROM alert_event");
        tick();
        world.world.jdbi.useHandle(handle -> handle.execute("INSERT INTO alert_event VALUES (?)", event));
        tick();

        assertThat(world.raised()).hasSize(1);
    }

    /** Of a copy, whose receipt and late records the test says. */
    @Test
    void late_data_and_counts_of_rows_are_seen_in_what_a_copy_brings() {
        try (CopiedWindows copies = new CopiedWindows()) {
            AlertCondition[] conditions = {
                new AlertCondition.LateData(null),
                new AlertCondition.RowsOutside(11L, null),
                new AlertCondition.Failed()
            };
            var rules = new io.tidegate.scheduler.alert.AlertRules(
                    copies.world.jdbi, copies.world.audit, copies.world.clock);
            for (AlertCondition condition : conditions) {
                rules.create(
                        copies.world.workspace.id(), world.wanted(condition, new AlertScope.All()), copies.world.anna);
            }
            copies.copies("11:00", Copy.upTo(100).with(WriteMode.OVERWRITE));
            copies.copies("12:00", Copy.upTo(200).finding(CopiedWindows.run(0, 120, 122, "10:30")));
            new RaiseEventAlerts(copies.world.jdbi, copies.world.clock).tick();

            var alerts =
                    new io.tidegate.scheduler.alert.Alerts(copies.world.jdbi, copies.world.audit, copies.world.clock);
            List<Alert> raised = alerts.list(
                            copies.world.workspace.id(),
                            new io.tidegate.scheduler.alert.AlertFilter(
                                    io.tidegate.scheduler.workspace.Environment.PROD, null, null, null, null, false),
                            null,
                            10)
                    .items();
            assertThat(raised)
                    .extracting(Alert::title)
                    .containsExactlyInAnyOrder("copy wrote 10 rows", "copy wrote 10 rows", "copy found 3 late records");
            Alert late = raised.stream()
                    .filter(a -> a.kind() == AlertKind.LATE_DATA)
                    .findFirst()
                    .orElseThrow();
            assertThat(late.why()).contains("3 records").contains("from 2022-11-22 10:30 to 2022-11-22 10:30");
            assertThat(world.detail(late, "Window")).isEqualTo("2022-11-22 11:00:00 to 2022-11-22 12:00:00");
            assertThat(world.detail(late, "Table")).isEqualTo("lake.orders, partition ds=x");
            assertThat(world.detail(late, "Records")).isEqualTo("read 10, written 10, out of the window 0, dirty 0");
            Alert rows = raised.stream()
                    .filter(a -> a.kind() == AlertKind.ROWS_OUTSIDE)
                    .findFirst()
                    .orElseThrow();
            assertThat(rows.why()).isEqualTo("It wrote 10 rows where 11 or more were expected.");
        }
    }
}
