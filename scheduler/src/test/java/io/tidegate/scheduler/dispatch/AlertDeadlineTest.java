package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertCondition.NotFinishedBy;
import io.tidegate.scheduler.alert.AlertCondition.RunningLonger;
import io.tidegate.scheduler.alert.WatchDeadlines;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The business date of what runs on the 22nd is the 21st. */
class AlertDeadlineTest {
    private static final NotFinishedBy NOON = new NotFinishedBy(LocalTime.of(12, 0), 0);

    private final AlertWorld world = new AlertWorld().hourlyNode();

    @AfterEach
    void close() {
        world.close();
    }

    private void tickAt(String local) {
        world.world.clock.setLocal(local);
        world.deadlines.tick();
    }

    @Test
    void what_has_not_run_by_the_deadline_is_an_alert_and_says_what_it_waits_for() {
        world.rule(NOON);
        world.runs("11:00");
        tickAt("2022-11-22T11:59");
        assertThat(world.raised()).isEmpty();

        tickAt("2022-11-22T12:00");
        tickAt("2022-11-22T12:01");

        // That of 12:00 was to be done by then; those after it were not.
        assertThat(world.titles()).containsExactly("orders was not finished by 2022-11-22 12:00");
        Alert alert = world.raised().get(0);
        assertThat(alert.why()).startsWith("At 2022-11-22 12:00 it was ").contains(". ");
        assertThat(alert.why().length()).as("readiness is told").isGreaterThan(60);
        assertThat(world.detail(alert, "Instance")).contains("scheduled 2022-11-22 12:00");
    }

    @Test
    void what_finished_after_the_deadline_was_late_and_what_was_rerun_after_it_was_not() {
        world.rule(new NotFinishedBy(LocalTime.of(12, 30), 0));
        world.runs("11:00");
        world.runs("12:00");
        // The servers stand still from here; the instance of 12:00 is rerun after the deadline.
        world.world.clock.setLocal("2022-11-22T12:40");
        world.world.actions.rerun(
                world.world.at(AlertWorld.NODE, "2022-11-22T12:00").id(), world.world.anna);
        world.deadlines.tick();
        assertThat(world.raised()).isEmpty();

        world.rules.update(
                world.rules.list(world.world.workspace.id()).get(0).id(),
                world.wanted(
                        new NotFinishedBy(LocalTime.of(13, 10), 0), new io.tidegate.scheduler.alert.AlertScope.All()),
                world.world.anna);
        world.world.clock.setLocal("2022-11-22T13:20");
        world.world.settle();
        world.deadlines.tick();

        assertThat(world.titles()).hasSize(2);
        assertThat(world.raised())
                .extracting(Alert::why)
                .allMatch(why -> why.contains("it ended as SUCCESS at 2022-11-22 13:20"));
    }

    @Test
    void days_without_servers_lose_no_deadline_and_what_was_never_planned_is_told() {
        world.rule(new NotFinishedBy(LocalTime.of(2, 30), 1));
        world.runs("23:00");
        world.world.clock.setLocal("2022-11-22T23:45");
        world.world.plan();
        // The 23rd is planned and nothing after it: the servers stand still for days.
        tickAt("2022-11-26T02:31");

        List<String> titles = world.titles();
        assertThat(titles)
                .filteredOn(t -> t.contains("not finished by 2022-11-24 02:30"))
                .isNotEmpty();
        assertThat(titles)
                .contains(
                        "orders was not even planned by 2022-11-25 02:30",
                        "orders was not even planned by 2022-11-26 02:30")
                .doesNotContain("orders was not even planned by 2022-11-24 02:30");
        Alert never = world.raised().stream()
                .filter(a -> a.instanceId() == null)
                .findFirst()
                .orElseThrow();
        assertThat(never.why())
                .isEqualTo("It has 24 scheduled times on that day, the first at 2022-11-24 00:00, and no instance was"
                        + " ever made for them.");
        assertThat(world.detail(never, "Business date")).isEqualTo("2022-11-23");
        int raised = titles.size();
        world.deadlines.tick();
        assertThat(world.raised()).hasSize(raised);
    }

    @Test
    void of_many_nodes_that_were_never_planned_the_first_are_told_and_the_last_of_these_counts_the_rest() {
        world.world.clock.setLocal("2022-11-22T23:45");
        world.rule(new NotFinishedBy(LocalTime.of(2, 30), 1));
        // More than a page of nodes that do not work on that day, and then some that should have.
        copies(600, "dull", "DRY_RUN");
        copies(203, "busy", "NORMAL");
        tickAt("2022-11-24T02:31");

        List<Alert> busy = world.raised().stream()
                .filter(a -> a.title().startsWith("busy"))
                .toList();
        assertThat(busy).hasSize(199);
        assertThat(world.raised()).filteredOn(a -> a.title().startsWith("dull")).isEmpty();
        assertThat(busy)
                .filteredOn(a -> a.why().contains(" more nodes have none either"))
                .singleElement()
                .satisfies(a -> assertThat(a.why())
                        .endsWith("4 more nodes have none either; no alert is raised for each of them."));
    }

    /** Nodes like the hourly one, live and without instances. */
    private void copies(int count, String name, String type) {
        world.world.jdbi.useHandle(handle -> handle.createUpdate("""
                WITH original AS (
                    SELECT n.*, v.document, d.planned_until, d.deployed_at
                    FROM node n JOIN deployed_node d ON d.node_id = n.id JOIN node_version v ON v.id = d.node_version_id
                    WHERE n.name = 'orders'
                ), born AS (
                    INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
                    SELECT workspace_id, workflow_id, :name || '_' || to_char(k, 'FM0000'), type, false, owner_id, created_at
                    FROM original, generate_series(1, :count) AS k
                    RETURNING id
                ), version AS (
                    INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
                    SELECT b.id, 1, jsonb_set(o.document, '{schedule,type}', to_jsonb(CAST(:type AS text))), '', o.owner_id,
                           o.created_at
                    FROM born b, original o
                    RETURNING id, node_id
                )
                INSERT INTO deployed_node (environment, node_id, node_version_id, deployed_at, planned_until)
                SELECT 'PROD', v.node_id, v.id, o.deployed_at, o.planned_until FROM version v, original o
                """)
                .bind("name", name)
                .bind("count", count)
                .bind("type", type)
                .execute());
    }

    @Test
    void an_attempt_that_runs_too_long_is_one_alert() {
        world.rule(new RunningLonger(30));
        long id = world.runs("10:00").value();
        world.world.jdbi.useHandle(handle ->
                handle.execute("UPDATE attempt SET state = 'RUNNING', finished_at = NULL WHERE instance_id = ?", id));
        tickAt("2022-11-22T10:30");
        assertThat(world.raised()).isEmpty();

        world.world.clock.advance(Duration.ofSeconds(90));
        world.deadlines.tick();
        world.deadlines.tick();

        assertThat(world.titles()).containsExactly("orders runs for more than 30 min");
        assertThat(world.raised().get(0).why())
                .isEqualTo("Attempt 1 runs since 2022-11-22 10:00, for 31 min by now, and has not finished.");
    }

    @Test
    void of_several_servers_that_watch_at_once_each_alert_is_raised_by_one() {
        world.rule(NOON, world.hook("ops"));
        world.world.clock.setLocal("2022-11-22T12:05");

        List<CompletableFuture<Integer>> servers = IntStream.range(0, 4)
                .mapToObj(i -> new WatchDeadlines(world.world.jdbi, world.world.clock))
                .map(duty -> CompletableFuture.supplyAsync(duty::tick))
                .toList();
        int raised = servers.stream().mapToInt(CompletableFuture::join).sum();

        assertThat(raised).isPositive().isEqualTo(world.raised().size());
        assertThat(world.world.number("SELECT count(*) FROM alert_delivery")).isEqualTo(raised);
    }
}
