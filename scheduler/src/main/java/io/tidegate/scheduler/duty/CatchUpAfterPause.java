package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.MissedInstances;
import io.tidegate.scheduler.node.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that nothing ran for a while, and lets the instances pass that were due meanwhile and that their catch-up policy does
 * not run. Those that had not even been planned are the planner's business, by the same rule.
 */
final class CatchUpAfterPause {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpAfterPause.class);
    private static final String ACTOR = "duty catch-up-after-pause";
    /** Fine enough to tell a pause, and not a write every second. */
    private static final Duration BEAT = Duration.ofSeconds(20);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final MissedInstances missed;

    CatchUpAfterPause(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.missed = new MissedInstances(clock);
    }

    /** Cheap while duties tick; after a pause the one that comes first does the work and the others wait for it. */
    void tick() {
        Instant now = clock.instant();
        Instant last = jdbi.withExtension(PulseDao.class, PulseDao::last).orElse(null);
        if (last != null && now.isBefore(last.plus(BEAT))) {
            return;
        }
        jdbi.useTransaction(handle -> {
            PulseDao dao = handle.attach(PulseDao.class);
            dao.begin(now);
            Instant since = dao.lock();
            if (MissedTimes.isPause(since, now)) {
                int passed = letPass(handle, since, now);
                LOG.info("Nothing ran from {} to {}; {} instances that were due then are missed.", since, now, passed);
            }
            dao.beat(now);
        });
    }

    private int letPass(Handle handle, Instant since, Instant now) {
        int passed = 0;
        for (PulseDao.Due due : handle.attach(PulseDao.class).due(since, now)) {
            Schedule schedule = due.document().schedule();
            CatchUp policy = MissedTimes.policy(schedule, due.catchUp());
            if (policy.runsAll()) {
                continue;
            }
            // A later time may be there that is not planned yet: then none of these is the latest.
            Instant latest = schedule.lastRealRun(due.plannedUntil(), now, due.zone())
                    .map(ScheduledTime::instant)
                    .orElse(due.latest());
            passed += missed.letPass(handle, due.nodeId(), since, now, time -> !policy.runs(time, latest, now), ACTOR);
        }
        return passed;
    }
}
