package io.tidegate.scheduler.trigger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Fires the duties, each by one server of the cluster at a time, by Quartz on the shared database. It only fires: what is due
 * and what was missed, the duties find out themselves.
 */
public final class DutyClock implements AutoCloseable {
    private static final String CLUSTER = "tidegate";
    private static final String GROUP = "duties";

    private final Scheduler scheduler;
    private final LateDuties lateDuties;

    /**
     * Sets the clock up without starting it.
     *
     * @param dataSource a pool with at least four connections to spare; not closed by this clock
     * @param serverName tells servers apart; two that run at once need two names
     * @param machine the clock of this machine, by which Quartz goes
     * @throws IllegalStateException when Quartz cannot be set up
     */
    public DutyClock(DataSource dataSource, String serverName, List<Duty> duties, InstantSource machine) {
        // Quartz finds its connections by a name in a registry of the JVM; no other clock may get hold of ours.
        String source = "tidegate-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(source, new SharedPool(dataSource));
        try {
            scheduler = new StdSchedulerFactory(properties(source, serverName)).getScheduler();
            // Else a second clock in this JVM, as in tests, would be handed this one.
            SchedulerRepository.getInstance().remove(CLUSTER);
            Map<String, Duty> byName = new HashMap<>();
            duties.forEach(duty -> byName.put(duty.name(), duty));
            scheduler.getContext().put(DutyJob.DUTIES, Map.copyOf(byName));
            schedule(duties);
            lateDuties = new LateDuties(scheduler, duties, machine);
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz could not be set up: " + e.getMessage(), e);
        }
    }

    /** From now on this server takes its part in firing. */
    public void start() {
        try {
            scheduler.start();
            lateDuties.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz could not be started: " + e.getMessage(), e);
        }
    }

    /** Waits for duties that run on this server; others in the cluster take over. */
    @Override
    public void close() {
        lateDuties.close();
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz could not be shut down: " + e.getMessage(), e);
        }
    }

    static TriggerKey key(Duty duty) {
        return TriggerKey.triggerKey(duty.name(), GROUP);
    }

    private void schedule(List<Duty> duties) throws SchedulerException {
        Map<JobDetail, Set<? extends Trigger>> wanted = new HashMap<>();
        Set<JobKey> names = new HashSet<>();
        for (Duty duty : duties) {
            JobDetail job = JobBuilder.newJob(DutyJob.class)
                    .withIdentity(duty.name(), GROUP)
                    .build();
            Trigger trigger = TriggerBuilder.newTrigger()
                    .withIdentity(key(duty))
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                            .withIntervalInMilliseconds(duty.every().toMillis())
                            .repeatForever()
                            // Duties catch up by themselves: after a pause one fire is enough.
                            .withMisfireHandlingInstructionNextWithRemainingCount())
                    .build();
            names.add(job.getKey());
            if (!firesAsWanted(trigger.getKey(), duty)) {
                wanted.put(job, Set.of(trigger));
            }
        }
        scheduler.scheduleJobs(wanted, true);
        // Of an older version that had other duties.
        Set<JobKey> gone = new HashSet<>(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)));
        gone.removeAll(names);
        scheduler.deleteJobs(List.copyOf(gone));
    }

    /** Whether another server has set this duty up already: its rhythm then stays undisturbed. */
    private boolean firesAsWanted(TriggerKey key, Duty duty) throws SchedulerException {
        return scheduler.getTrigger(key) instanceof SimpleTrigger there
                && there.getRepeatInterval() == duty.every().toMillis();
    }

    private static Properties properties(String source, String serverName) {
        Properties p = new Properties();
        p.setProperty("org.quartz.scheduler.instanceName", CLUSTER);
        p.setProperty("org.quartz.scheduler.instanceId", serverName);
        p.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        p.setProperty("org.quartz.threadPool.threadCount", "4");
        p.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        p.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        p.setProperty("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        p.setProperty("org.quartz.jobStore.dataSource", source);
        p.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        p.setProperty("org.quartz.jobStore.useProperties", "true");
        p.setProperty("org.quartz.jobStore.isClustered", "true");
        p.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
        p.setProperty("org.quartz.jobStore.misfireThreshold", "5000");
        return p;
    }

    /** The shared pool, as Quartz wants to see it. */
    private record SharedPool(DataSource dataSource) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return dataSource.getConnection();
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
