package io.tidegate.scheduler.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has duties fire again that are set for a time too far ahead. Quartz goes by the clock of the machine: one that was ahead when a
 * duty fired leaves a next time that the others, or the same one once it is set right, would wait for, be it an hour.
 */
final class LateDuties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LateDuties.class);
    private static final long LOOK_EVERY_SECONDS = 5;
    /** Clocks of servers differ a little, and a duty that has just fired is set one rhythm ahead. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final List<Duty> duties;
    private final InstantSource machine;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::lookUntilClosed, "late-duties");

    /**
     * @param machine the clock that Quartz goes by
     */
    LateDuties(Scheduler scheduler, List<Duty> duties, InstantSource machine) {
        this.scheduler = scheduler;
        this.duties = List.copyOf(duties);
        this.machine = machine;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void lookUntilClosed() {
        try {
            while (!closed.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<String> late = new ArrayList<>();
            for (Duty duty : duties) {
                if (fireIfLate(duty)) {
                    late.add(duty.name());
                }
            }
            if (!late.isEmpty()) {
                LOG.warn(
                        "The machine of a server has, or had, a wrong clock; this one's says {}. Set for much later, and firing now: {}.",
                        machine.instant(),
                        late);
            }
        } catch (SchedulerException | RuntimeException e) {
            // The database may be away; the next look comes soon.
            LOG.debug("Duties are looked at again after: {}", e.toString());
        }
    }

    private boolean fireIfLate(Duty duty) throws SchedulerException {
        TriggerKey key = DutyClock.key(duty);
        Trigger there = scheduler.getTrigger(key);
        Date next = there == null ? null : there.getNextFireTime();
        Instant now = machine.instant();
        if (there == null
                || next == null
                || !next.toInstant().isAfter(now.plus(duty.every()).plus(SLACK))) {
            return false;
        }
        scheduler.rescheduleJob(
                key, there.getTriggerBuilder().startAt(Date.from(now)).build());
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
