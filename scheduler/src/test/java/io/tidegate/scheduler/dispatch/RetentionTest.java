package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.retention.DeleteExpired;
import io.tidegate.scheduler.retention.DirtyFileSweep;
import io.tidegate.scheduler.retention.Retention;
import io.tidegate.scheduler.retention.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workspace does not keep any longer, and what it keeps all the same. */
class RetentionTest {
    private static void after(World world, int days) {
        world.clock.advance(Duration.ofDays(days));
        new DeleteExpired(world.jdbi, world.audit, world.clock).tick();
    }

    private static void keeps(World world, int instanceDays, int logDays, int dirtyRecordDays) {
        new Retention(world.jdbi, world.audit)
                .change(world.workspace, new RetentionPolicy(instanceDays, logDays, dirtyRecordDays), world.anna);
    }

    private static long deletions(World world, String what) {
        return world.audit.list(world.workspace.id(), null, 1000).stream()
                .filter(entry -> entry.action().equals("retention.delete"))
                .mapToLong(entry -> Long.parseLong(entry.detail().getOrDefault(what, "0")))
                .sum();
    }

    @Test
    void what_is_over_and_older_than_its_days_goes_with_all_that_hangs_on_it_and_is_counted() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.deployNow("report", hourly(0), "orders");
            world.clock.setLocal("2022-11-22T12:30");
            world.settle();
            keeps(world, 35, 30, 30);
            InstanceId over = world.at("orders", "2022-11-22T11:00").id();
            long waiting = world.number("SELECT count(*) FROM instance WHERE state NOT IN ('SUCCESS', 'FAILED')");

            after(world, 34);
            assertThat(world.state(over)).isEqualTo(InstanceState.SUCCESS);
            after(world, 2);

            assertThat(world.number("SELECT count(*) FROM instance WHERE id = " + over.value()))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM instance_event WHERE instance_id = " + over.value()))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM attempt WHERE instance_id = " + over.value()))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM instance_dependency WHERE child_id = " + over.value()
                            + " OR parent_id = " + over.value()))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM instance_dependency"))
                    .as("edges of what waits")
                    .isPositive();
            assertThat(world.number("SELECT count(*) FROM instance WHERE state NOT IN ('SUCCESS', 'FAILED')"))
                    .isEqualTo(waiting)
                    .isPositive();
            assertThat(deletions(world, "instances"))
                    .as("10:00 to 12:00 of both; the afternoon still waits for the root")
                    .isEqualTo(6);
        }
    }

    @Test
    void an_instance_stays_while_another_one_waits_below_it_and_when_it_ran_again_lately() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.deployNow("report", hourly(0), "orders");
            world.plan();
            world.actions.freeze(world.at("report", "2022-11-22T11:00").id(), world.anna, "");
            world.clock.setLocal("2022-11-22T12:30");
            world.settle();
            keeps(world, 35, 30, 30);
            InstanceId again = world.at("orders", "2022-11-22T12:00").id();

            world.clock.advance(Duration.ofDays(20));
            world.actions.rerun(again, world.anna);
            Worker worker = world.worker("w");
            worker.tick();
            after(world, 20);

            assertThat(world.state("orders", "2022-11-22T11:00")).isEqualTo(InstanceState.SUCCESS);
            assertThat(world.state(again)).isEqualTo(InstanceState.SUCCESS);
            assertThat(world.of("report")).noneMatch(instance -> instance.state() == InstanceState.SUCCESS);
        }
    }

    @Test
    void the_newest_copy_of_a_topic_stays_because_the_next_window_asks_how_far_it_has_read() {
        try (CopiedWindows copied = new CopiedWindows()) {
            World world = copied.world;
            InstanceId older = copied.copies("11:00", CopiedWindows.Copy.upTo(10));
            InstanceId newest = copied.copies("12:00", CopiedWindows.Copy.upTo(20));
            keeps(world, 35, 30, 30);

            after(world, 40);

            assertThat(world.number("SELECT count(*) FROM instance WHERE id = " + older.value()))
                    .isZero();
            assertThat(world.detail(newest).receipt()).isNotNull();
            assertThat(world.number("SELECT count(*) FROM window_copy")).isEqualTo(1);
        }
    }

    @Test
    void an_instance_stays_while_nobody_knows_whether_its_commit_was_made() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.clock.setLocal("2022-11-22T12:30");
            world.settle();
            keeps(world, 35, 30, 30);
            InstanceId open = world.at("orders", "2022-11-22T11:00").id();
            world.jdbi.useHandle(handle -> handle.execute(
                    "UPDATE attempt SET prepared = '{}', state = 'LOST' WHERE instance_id = " + open.value()));

            after(world, 40);

            assertThat(world.number("SELECT count(*) FROM instance WHERE id = " + open.value()))
                    .isEqualTo(1);
            assertThat(deletions(world, "instances")).isEqualTo(2);
        }
    }

    @Test
    void late_records_go_with_their_window() {
        try (CopiedWindows copied = new CopiedWindows()) {
            World world = copied.world;
            copied.copies("11:00", CopiedWindows.Copy.upTo(10));
            copied.copies("12:00", CopiedWindows.Copy.upTo(20).finding(CopiedWindows.run(0, 11, 12, "10:30")));
            copied.copies("13:00", CopiedWindows.Copy.upTo(30).finding(CopiedWindows.run(0, 21, 22, "12:30")));
            keeps(world, 35, 30, 30);

            after(world, 40);

            assertThat(world.number("SELECT count(*) FROM late_record WHERE first_offset = 11"))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM late_record WHERE first_offset = 21"))
                    .as("of a window that is kept")
                    .isEqualTo(1);
            assertThat(world.number("SELECT count(*) FROM window_copy")).isEqualTo(1);
        }
    }

    @Test
    void alerts_go_with_their_messages_unless_one_is_still_to_be_sent() {
        try (World world = new World()) {
            keeps(world, 35, 30, 30);
            long sent = alert(world, "sent", "DELIVERED");
            long waiting = alert(world, "waiting", "WAITING");

            after(world, 34);
            assertThat(world.number("SELECT count(*) FROM alert")).isEqualTo(2);
            after(world, 2);

            assertThat(world.number("SELECT count(*) FROM alert WHERE id = " + sent))
                    .isZero();
            assertThat(world.number("SELECT count(*) FROM alert WHERE id = " + waiting))
                    .isEqualTo(1);
            assertThat(world.number("SELECT count(*) FROM alert_delivery")).isEqualTo(1);
            assertThat(world.number("SELECT count(*) FROM alert_delivery WHERE state = 'WAITING'"))
                    .isEqualTo(1);
            assertThat(deletions(world, "alerts")).isEqualTo(1);
        }
    }

    private static long alert(World world, String subject, String deliveryState) {
        long workspace = world.workspace.id().value();
        String now = world.clock.instant().toString();
        return world.number("""
                WITH a AS (
                    INSERT INTO alert (workspace_id, rule_name, kind, environment, subject, node_id, node_name, raised_at,
                                       title, why, details)
                    VALUES (%d, 'r', 'FAILED', 'PROD', '%s', 1, 'n', '%s', 't', 'w', '[]') RETURNING id
                ), d AS (
                    INSERT INTO alert_delivery (workspace_id, channel_name, channel_type, message_id, state, created_at,
                                                due_at, first_due_at)
                    VALUES (%d, 'c', 'WEBHOOK', 'm', '%s', '%s', '%s', '%s') RETURNING id
                ), l AS (
                    INSERT INTO alert_delivery_alert SELECT d.id, a.id FROM a, d
                )
                SELECT id FROM a""".formatted(workspace, subject, now, workspace, deliveryState, now, now, now));
    }

    @Test
    void logs_and_dirty_records_go_before_their_instance() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.clock.setLocal("2022-11-22T11:00");
            world.runner.next((request, journal, cancellation) -> {
                journal.log(RunJournal.Level.INFO, "hello");
                return new RunOutcome.Succeeded(null);
            });
            world.settle();
            InstanceId id = world.at("orders", "2022-11-22T11:00").id();
            long attempt = world.attempts(id).get(0).id().value();
            world.jdbi.useHandle(handle -> handle.execute(
                    "INSERT INTO attempt_dirty_record VALUES (" + attempt + ", 1, 0, 7, 'c', 'x', 'bad')"));
            keeps(world, 400, 10, 20);

            after(world, 9);
            assertThat(world.number("SELECT count(*) FROM attempt_log")).isPositive();
            after(world, 2);
            assertThat(world.number("SELECT count(*) FROM attempt_log")).isZero();
            assertThat(world.number("SELECT count(*) FROM attempt_dirty_record"))
                    .isEqualTo(1);
            after(world, 10);

            assertThat(world.number("SELECT count(*) FROM attempt_dirty_record"))
                    .isZero();
            assertThat(world.state(id)).isEqualTo(InstanceState.SUCCESS);
            assertThat(deletions(world, "logs")).isPositive();
            assertThat(deletions(world, "dirtyRecords")).isEqualTo(1);
        }
    }

    @Test
    void logs_that_are_kept_longer_do_not_stand_before_those_that_have_expired() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.clock.setLocal("2022-11-22T11:00");
            world.settle();
            keeps(world, 400, 10, 20);
            long instance = world.at("orders", "2022-11-22T11:00").id().value();
            Instant now = world.clock.instant();
            // Began long ago and ended a moment ago, but for the last one: more of them than one tick looks at.
            world.jdbi.useHandle(handle -> handle.execute("""
                    WITH many AS (
                        INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at,
                                             finished_at)
                        SELECT %d, 10 + s, 1, 1, 'w', 'FAILED', t.at, t.at - interval '30 days',
                               CASE WHEN s = 20001 THEN t.at - interval '29 days' ELSE t.at END
                        FROM generate_series(1, 20001) AS s, (SELECT CAST('%s' AS timestamptz) AS at) t
                        ORDER BY s
                        RETURNING id
                    )
                    INSERT INTO attempt_log (attempt_id, number, text) SELECT id, 1, 'x' FROM many""".formatted(instance, now)));
            String expired = """
                    SELECT count(*) FROM attempt_log l JOIN attempt a ON a.id = l.attempt_id
                    WHERE a.finished_at < CAST('%s' AS timestamptz) - interval '10 days'""".formatted(now);
            DeleteExpired duty = new DeleteExpired(world.jdbi, world.audit, world.clock);

            duty.tick();
            assertThat(world.number(expired)).isEqualTo(1);
            duty.tick();

            assertThat(world.number(expired)).isZero();
            assertThat(world.number("SELECT count(*) FROM attempt_log")).isGreaterThanOrEqualTo(20_000);
        }
    }

    @Test
    void a_backfill_that_is_not_over_keeps_what_it_has_done() {
        try (World world = new World()) {
            world.deployNow("orders", everyMinutes(10));
            world.plan();
            world.clock.setLocal("2022-11-22T10:21");
            world.settle();
            keeps(world, 35, 30, 30);
            world.jdbi.useHandle(handle -> {
                handle.execute("UPDATE instance SET origin = 'BACKFILL', origin_key = '1' WHERE node_id <> 1");
                handle.execute(
                        "UPDATE instance SET frozen = true WHERE origin = 'BACKFILL' AND state NOT IN ('SUCCESS', 'FAILED')");
            });
            long done = world.number("SELECT count(*) FROM instance WHERE origin = 'BACKFILL' AND state = 'SUCCESS'");

            after(world, 40);

            assertThat(world.number("SELECT count(*) FROM instance WHERE origin = 'BACKFILL' AND state = 'SUCCESS'"))
                    .isEqualTo(done)
                    .isPositive();
        }
    }

    @Test
    void more_than_one_batch_goes_in_one_tick() {
        try (World world = new World()) {
            world.deployNow("orders", everyMinutes(1));
            world.plan();
            world.jdbi.useHandle(
                    handle -> handle.execute("UPDATE instance SET state = 'SUCCESS', finished_at = scheduled_time"));
            long over = world.number("SELECT count(*) FROM instance");
            keeps(world, 35, 30, 30);

            after(world, 40);

            assertThat(over).isGreaterThan(800);
            assertThat(deletions(world, "instances")).isEqualTo(over);
        }
    }

    @Test
    void a_policy_that_is_not_sound_is_refused() {
        try (World world = new World()) {
            assertThatThrownBy(() -> keeps(world, 34, 30, 30))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("34");
            assertThatThrownBy(() -> keeps(world, 40, 41, 30)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> keeps(world, 40, 30, 0)).isInstanceOf(InvalidInputException.class);
            assertThat(new Retention(world.jdbi, world.audit).of(world.workspace))
                    .isEqualTo(new RetentionPolicy(400, 30, 30));
        }
    }

    @Test
    void side_files_of_dirty_records_go_after_the_days_of_their_workspace(@TempDir Path directory) throws IOException {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.plan();
            long known = world.at("orders", "2022-11-22T11:00").id().value();
            keeps(world, 400, 30, 20);
            for (String name : List.of(
                    "instance-%d-attempt-1.dirty.jsonl".formatted(known),
                    "instance-999999-attempt-1.dirty.jsonl",
                    "mine.dirty.jsonl")) {
                Path file = Files.writeString(directory.resolve(name), "{}");
                Files.setLastModifiedTime(file, FileTime.from(world.clock.instant()));
            }
            DirtyFileSweep sweep = new DirtyFileSweep(world.jdbi, directory, world.clock);

            assertThat(sweep.tick()).isZero();
            world.clock.advance(Duration.ofDays(2));
            assertThat(sweep.tick()).as("of an instance that is gone").isEqualTo(1);
            world.clock.advance(Duration.ofDays(19));
            assertThat(sweep.tick()).isEqualTo(1);
            assertThat(directory.resolve("mine.dirty.jsonl")).exists();
        }
    }
}
