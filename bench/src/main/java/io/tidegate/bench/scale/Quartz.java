package io.tidegate.bench.scale;

import io.tidegate.migrations.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz with its clustered store, one trigger for each piece of work, as its documentation says for many short jobs. */
final class Quartz implements Contender {
    private static final String STARTS = "starts";

    private final ScaleDatabase database;
    private final Scheduler scheduler;

    Quartz(ScaleDatabase database, int threads) throws SchedulerException {
        this.database = database;
        // Its tables are among ours.
        new Migrations(database.pool()).migrate();
        String source = "bench-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(source, new Pool(database.pool()));
        Properties p = new Properties();
        p.setProperty("org.quartz.scheduler.instanceName", "bench");
        p.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        p.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(threads));
        p.setProperty("org.quartz.scheduler.batchTriggerAcquisitionFireAheadTimeWindow", "0");
        p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        p.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
        p.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        p.setProperty("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        p.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        p.setProperty("org.quartz.jobStore.dataSource", source);
        p.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        p.setProperty("org.quartz.jobStore.useProperties", "true");
        p.setProperty("org.quartz.jobStore.isClustered", "true");
        // What waits its turn in a burst is late, not misfired.
        p.setProperty("org.quartz.jobStore.misfireThreshold", "3600000");
        scheduler = new StdSchedulerFactory(p).getScheduler();
        scheduler.start();
    }

    @Override
    public String name() {
        return "Quartz";
    }

    @Override
    public Figures run(Load load) throws Exception {
        StartTimes starts = new StartTimes(load.count());
        scheduler.getContext().put(STARTS, starts);
        JobDetail job = JobBuilder.newJob(Nothing.class)
                .withIdentity(load.name())
                .storeDurably()
                .build();
        scheduler.addJob(job, true);
        scheduler.scheduleJob(TriggerBuilder.newTrigger()
                .withIdentity(load.name() + "-0")
                .forJob(job)
                .startAt(Date.from(load.due(0)))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule())
                .build());
        // The others like the first one: by its own interface each would cost a transaction.
        copyTrigger(load);
        // Its thread looks at the table again when it is told that something changed.
        scheduler.addJob(job, true);
        return starts.await();
    }

    private void copyTrigger(Load load) throws SQLException {
        String name = load.name();
        String time =
                "%d + s * CAST(%d AS bigint) / 1000000".formatted(load.first().toEpochMilli(), load.apartNanos());
        database.execute("""
                INSERT INTO qrtz_triggers
                SELECT (jsonb_populate_record(t, jsonb_build_object(
                            'trigger_name', '%s-' || s, 'next_fire_time', %s, 'start_time', %s))).*
                FROM qrtz_triggers t, generate_series(1, %d) AS s WHERE t.trigger_name = '%s-0';
                INSERT INTO qrtz_simple_triggers
                SELECT (jsonb_populate_record(t, jsonb_build_object('trigger_name', '%s-' || s))).*
                FROM qrtz_simple_triggers t, generate_series(1, %d) AS s WHERE t.trigger_name = '%s-0';
                """.formatted(name, time, time, load.count() - 1, name, name, load.count() - 1, name));
    }

    @Override
    public void close() throws SQLException {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        } finally {
            database.close();
        }
    }

    /** Public because Quartz makes it. */
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Instant now = Instant.now();
            try {
                Object starts = context.getScheduler().getContext().get(STARTS);
                ((StartTimes) Objects.requireNonNull(starts))
                        .started(context.getScheduledFireTime().toInstant(), now);
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Pool(DataSource pool) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void shutdown() {
            // The pool belongs to whoever made it.
        }

        @Override
        public void initialize() {
            // It is ready.
        }
    }
}
