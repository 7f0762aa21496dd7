package io.tidegate.scheduler.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the row up to date by which others see that a worker is there. Nothing but lists and sentences depends on it. */
final class WorkerPresence {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPresence.class);
    /** For so long a worker that vanished can be seen in the list. */
    private static final Duration SILENCE_REMEMBERED = Duration.ofDays(1);

    private final UUID id = UUID.randomUUID();
    private final WorkerSettings settings;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Rhythm rhythm;
    private boolean reported;
    private boolean draining;
    private boolean gone;

    WorkerPresence(WorkerSettings settings, Jdbi jdbi, InstantSource clock) {
        this.settings = settings;
        this.jdbi = jdbi;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.rhythm = new Rhythm(settings.lease().heartbeat());
    }

    /** Reports when it is time to; called several times a second. */
    synchronized void tick(int running) {
        Instant now = clock.instant();
        if (rhythm.dueAt(now)) {
            report(now, running);
        }
    }

    /** It takes nothing new from now on. */
    synchronized void drains(int running) {
        draining = true;
        if (reported) {
            report(clock.instant(), running);
        }
    }

    private void report(Instant now, int running) {
        if (gone) {
            return;
        }
        jdbi.useTransaction(handle -> {
            WorkerDao dao = handle.attach(WorkerDao.class);
            dao.report(
                    id,
                    settings.name().text(),
                    settings.host(),
                    settings.version(),
                    settings.threads(),
                    settings.resourceGroups().stream().sorted().toArray(String[]::new),
                    running,
                    draining,
                    startedAt,
                    now,
                    now.plus(settings.lease().length()));
            dao.forgetThoseSilentSince(now.minus(SILENCE_REMEMBERED));
        });
        reported = true;
        rhythm.doneAt(now);
    }

    /** It is gone, in order. */
    synchronized void leaves() {
        gone = true;
        if (!reported) {
            return;
        }
        try {
            jdbi.useExtension(WorkerDao.class, dao -> dao.leave(id));
        } catch (RuntimeException e) {
            LOG.warn("Worker {} stays in the list until its lease is over: {}", settings.name(), e.toString());
        }
    }
}
