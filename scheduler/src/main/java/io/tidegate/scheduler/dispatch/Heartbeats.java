package io.tidegate.scheduler.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the attempts of one worker alive and tells them when to end: extends leases, reads stop requests, minds the time
 * limit, and gives up by itself when the database has been out of reach for the length of a lease.
 */
final class Heartbeats {
    private static final Duration STOPS_ASKED_EVERY = Duration.ofSeconds(1);

    private final Map<Long, RunningAttempt> running = new ConcurrentHashMap<>();
    private final Jdbi jdbi;
    private final LeaseSettings lease;
    private final InstantSource clock;
    private final Rhythm beats;
    private final Rhythm looksForStops = new Rhythm(STOPS_ASKED_EVERY);

    Heartbeats(Jdbi jdbi, LeaseSettings lease, InstantSource clock) {
        this.jdbi = jdbi;
        this.lease = lease;
        this.clock = clock;
        this.beats = new Rhythm(lease.heartbeat());
    }

    void begins(RunningAttempt attempt) {
        running.put(attempt.claimed().id().value(), attempt);
    }

    void ends(RunningAttempt attempt) {
        running.remove(attempt.claimed().id().value());
    }

    int running() {
        return running.size();
    }

    void stopAll(StopReason reason) {
        running.values().forEach(attempt -> attempt.stop(reason));
    }

    /**
     * Ends what has no lease or no time left. Called several times a second, in a thread that never waits for the database: it
     * may be what is out of reach, and a connection that was cut can keep its user waiting for minutes.
     */
    void watch() {
        Instant now = clock.instant();
        for (RunningAttempt attempt : running.values()) {
            if (!attempt.holdsLeaseAt(now)) {
                attempt.stop(StopReason.LEASE_LOST);
            } else if (attempt.outOfTimeAt(now)) {
                attempt.stop(StopReason.TIMEOUT);
            }
        }
    }

    /** Called several times a second; does what is due. */
    void tick() {
        Instant now = clock.instant();
        // Leases before everything that can fail with the database.
        if (beats.dueAt(now)) {
            beat(now);
            beats.doneAt(now);
        }
        if (looksForStops.dueAt(now)) {
            lookForStops();
            looksForStops.doneAt(now);
        }
    }

    void flushJournals() {
        running.values().forEach(attempt -> attempt.journal().flushIfDue());
    }

    void lookForStops() {
        long[] ids = ids(List.copyOf(running.values()));
        if (ids.length > 0) {
            for (long id : jdbi.withExtension(HeartbeatDao.class, dao -> dao.askedToStop(ids))) {
                RunningAttempt attempt = running.get(id);
                if (attempt != null) {
                    attempt.stop(StopReason.ASKED);
                }
            }
        }
    }

    private void beat(Instant now) {
        List<RunningAttempt> beating = List.copyOf(running.values());
        if (beating.isEmpty()) {
            return;
        }
        Instant until = now.plus(lease.length());
        Set<Long> extended =
                new HashSet<>(jdbi.withExtension(HeartbeatDao.class, dao -> dao.extend(ids(beating), until, now)));
        for (RunningAttempt attempt : beating) {
            if (extended.contains(attempt.claimed().id().value())) {
                attempt.leaseExtendedUntil(until);
            } else {
                attempt.stop(StopReason.LEASE_LOST);
            }
        }
    }

    private static long[] ids(List<RunningAttempt> attempts) {
        return attempts.stream().mapToLong(a -> a.claimed().id().value()).toArray();
    }
}
