package io.tidegate.bench.scale;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** db-scheduler with its fastest way to poll on PostgreSQL. Its rows are gone when the work is done; it keeps no history. */
final class DbScheduler implements Contender {
    /** So that its delay at a low load is what it can be. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final ScaleDatabase database;
    private final Scheduler scheduler;
    private volatile StartTimes starts = new StartTimes(0);

    DbScheduler(ScaleDatabase database, int threads) throws SQLException {
        this.database = database;
        database.execute("""
                CREATE TABLE scheduled_tasks (
                    task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                    execution_time timestamptz, picked boolean NOT NULL, picked_by text, last_success timestamptz,
                    last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL,
                    priority smallint, state text, PRIMARY KEY (task_name, task_instance));
                CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
                CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
                CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC);
                """);
        OneTimeTask<Void> nothing = Tasks.oneTime("nothing")
                .execute((instance, context) -> starts.started(context.getExecution().executionTime, Instant.now()));
        scheduler = Scheduler.create(database.pool(), nothing)
                .threads(threads)
                .pollingInterval(POLL)
                .pollUsingLockAndFetch(1.0, 4.0)
                .build();
        scheduler.start();
    }

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public Figures run(Load load) throws Exception {
        starts = new StartTimes(load.count());
        database.execute("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                SELECT 'nothing', '%s-' || s, CAST('%s' AS timestamptz) + (s * CAST(%d AS bigint) / 1000) * interval '1 microsecond', false, 1
                FROM generate_series(0, %d - 1) AS s
                """.formatted(load.name(), load.first(), load.apartNanos(), load.count()));
        return starts.await();
    }

    @Override
    public void close() throws SQLException {
        scheduler.stop();
        database.close();
    }
}
