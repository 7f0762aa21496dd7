package io.tidegate.bench.scale;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.dispatch.LeaseSettings;
import io.tidegate.scheduler.dispatch.Worker;
import io.tidegate.scheduler.dispatch.WorkerSettings;
import io.tidegate.scheduler.duty.OpenDueInstances;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.duty.PunctualOpening;
import io.tidegate.scheduler.duty.RecoverLostAttempts;
import io.tidegate.scheduler.trigger.Duty;
import io.tidegate.scheduler.trigger.DutyClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The real scheduler: duties by their clock, one worker, and nodes that do nothing. */
final class Tidegate implements Contender {
    private final ScaleDatabase database;
    private final ManyNodes many;
    private final InstantSource clock = InstantSource.system();
    private final Worker worker;
    private final DutyClock duties;
    private final PunctualOpening punctual;
    private volatile StartTimes starts = new StartTimes(0);
    private volatile Map<Long, Instant> due = Map.of();

    Tidegate(ScaleDatabase database, int nodes, int threads) throws SQLException {
        this.database = database;
        many = ManyNodes.in(database, clock);
        database.execute("UPDATE resource_group SET slots = 1000000");
        // One deployment serves all loads: their instances get their times by hand.
        many.deploy(nodes, new Day(LocalTime.of(0, 1)), false, clock.instant().plus(Duration.ofDays(3)));
        PlanInstances plan = new PlanInstances(many.jdbi(), clock);
        OpenDueInstances open = new OpenDueInstances(many.jdbi(), clock);
        RecoverLostAttempts recover = new RecoverLostAttempts(many.jdbi(), LeaseSettings.DEFAULT, clock);
        duties = new DutyClock(
                database.pool(),
                "bench",
                List.of(
                        new Duty("plan-instances", Duration.ofSeconds(10), plan::tick),
                        new Duty("open-due-instances", Duration.ofSeconds(1), open::tick),
                        new Duty("recover-lost-attempts", Duration.ofSeconds(5), recover::tick)),
                clock);
        worker = new Worker(
                WorkerSettings.of("bench", threads),
                many.jdbi(),
                database.unpooled(),
                new Nothing(),
                (workspace, environment) -> Map.of(),
                clock);
        punctual = new PunctualOpening(open, clock);
        worker.start();
        duties.start();
        punctual.start();
    }

    @Override
    public String name() {
        return "Tidegate";
    }

    @Override
    public Figures run(Load load) throws Exception {
        // As the planner leaves them: pinned version, parameters, an edge to the root's instance of the day, an event.
        database.execute(
                """
                WITH born AS (
                    INSERT INTO instance (environment, workspace_id, node_id, node_version_id, origin, origin_key, scheduled_time,
                        scheduled_local, zone, business_date, state, frozen, dry_run, priority, resource_group_id, parameters,
                        auto_reruns_left, eligible_at, created_at)
                    SELECT 'PROD', n.workspace_id, d.node_id, d.node_version_id, 'CYCLE', '%s', CAST('%s' AS timestamptz),
                           CAST('%s' AS timestamptz) AT TIME ZONE 'UTC', 'UTC', current_date, 'WAIT_TIME', false, false, 1,
                           (SELECT id FROM resource_group WHERE name = 'default_scheduling'),
                           '{"startTime": "20221122090000", "endTime": "20221122100000", "partition": "20221122"}', 3,
                           CAST('%s' AS timestamptz) + ((row_number() OVER (ORDER BY d.node_id) - 1) * %d / 1000)
                               * interval '1 microsecond',
                           now()
                    FROM deployed_node d JOIN node n ON n.id = d.node_id
                    WHERE NOT n.is_root ORDER BY d.node_id LIMIT %d
                    RETURNING id
                ), noted AS (
                    INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
                    SELECT id, now(), NULL, 'WAIT_TIME', 'Planned', 'bench', 0, '' FROM born
                )
                INSERT INTO instance_dependency (child_id, parent_id)
                SELECT id, (SELECT i.id FROM instance i JOIN node n ON n.id = i.node_id
                            WHERE n.is_root AND i.state = 'SUCCESS' ORDER BY i.id LIMIT 1)
                FROM born
                """.formatted(load.name(), load.first(), load.first(), load.first(), load.apartNanos(), load.count()));
        Map<Long, Instant> times = new HashMap<>();
        many.jdbi()
                .useHandle(handle -> handle.createQuery("SELECT id, eligible_at FROM instance WHERE origin_key = :load")
                        .bind("load", load.name())
                        .map((row, context) ->
                                Map.entry(row.getLong(1), row.getTimestamp(2).toInstant()))
                        .forEach(entry -> times.put(entry.getKey(), entry.getValue())));
        due = times;
        starts = new StartTimes(load.count());
        Figures figures = starts.await();
        awaitDone(load);
        return figures;
    }

    private void awaitDone(Load load) throws SQLException {
        String undone =
                "SELECT count(*) FROM instance WHERE origin_key = '%s' AND state <> 'SUCCESS'".formatted(load.name());
        while (database.number(undone) > 0) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Waits until the root's instance of today has run. */
    void awaitRoot() throws SQLException {
        while (database.number("SELECT count(*) FROM instance WHERE state = 'SUCCESS'") == 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Override
    public void close() throws SQLException {
        punctual.close();
        duties.close();
        worker.close();
        database.close();
    }

    /** Notes the start and is done. */
    private final class Nothing implements NodeRunner {
        @Override
        public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
            Instant now = clock.instant();
            Instant time = due.get(Long.parseLong(request.label().split("-")[1]));
            if (time != null) {
                starts.started(time, now);
            }
            return new RunOutcome.Succeeded(null);
        }
    }
}
