package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings backfills forward: ends business dates, begins the next ones, and has what follows from the state done. All of it may
 * be done by several servers at once and again after one died: each step is decided by what the instances say then.
 */
public final class BackfillProgress {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillProgress.class);
    private static final String ACTOR = "duty advance-backfills";
    private static final int AT_ONCE = 500;
    /** Dates that run dry are over as soon as they begin; one look passes so many of them. */
    private static final int STEPS_MAX = 50;

    private static final int STOPS_MAX = 20_000;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final BackfillHolds holds;
    private final InstanceActions actions;

    public BackfillProgress(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.holds = new BackfillHolds(jdbi, clock);
        this.actions = new InstanceActions(jdbi, audit, clock);
    }

    /** Every backfill that is not settled; one that cannot be brought forward does not hold up the others. */
    public void advanceAll() {
        long after = 0;
        while (true) {
            long from = after;
            List<BackfillId> ids = jdbi.withExtension(BackfillProgressDao.class, dao -> dao.unsettled(from, AT_ONCE));
            for (BackfillId id : ids) {
                after = id.value();
                try {
                    advance(id);
                } catch (RuntimeException e) {
                    LOG.error("Backfill {} could not be brought forward and is tried again", id.value(), e);
                }
            }
            if (ids.size() < AT_ONCE) {
                return;
            }
        }
    }

    void advance(BackfillId id) {
        for (int i = 0; i < STEPS_MAX; i++) {
            boolean moved = jdbi.inTransaction(handle -> step(handle, id));
            holds.align(id, ACTOR);
            if (!moved) {
                break;
            }
        }
        stopWhatBeganBefore(id);
        jdbi.useExtension(BackfillProgressDao.class, dao -> dao.settleIfStill(id));
    }

    /** Whether anything changed. */
    private boolean step(Handle handle, BackfillId id) {
        BackfillProgressDao dao = handle.attach(BackfillProgressDao.class);
        BackfillProgressDao.Locked backfill = dao.lockIfFree(id).orElse(null);
        if (backfill == null) {
            return false;
        }
        BackfillSteps.Step step = BackfillSteps.next(
                backfill.state(),
                backfill.groups(),
                backfill.onFailure(),
                dao.inHand(id).stream().map(BackfillProgressDao.InHand::fact).toList(),
                backfill.toCome());
        Instant now = clock.instant();
        if (!step.over().isEmpty()) {
            dao.end(id, step.over().stream().map(LocalDate::toString).toList(), now);
        }
        if (step.begin() > 0) {
            dao.begin(id, step.begin(), now);
        }
        if (step.event() != null) {
            move(dao, backfill, step.event(), ACTOR, "", backfill.onFailure());
            audit.record(
                    handle,
                    Act.bySystem("backfill." + step.event().word(), "backfill " + id.value())
                            .in(backfill.workspaceId())
                            .with("state", backfill.state()));
        }
        return step.event() != null || step.begin() > 0;
    }

    /** Under the lock of its row. */
    void move(
            BackfillProgressDao dao,
            BackfillProgressDao.Locked backfill,
            BackfillEvent event,
            String by,
            String reason,
            OnFailure onFailure) {
        BackfillState to = BackfillTransition.next(backfill.state(), event);
        boolean settled = to == BackfillState.DONE;
        int moved = dao.move(backfill.id(), backfill.version(), to, by, clock.instant(), reason, onFailure, settled);
        if (moved != 1) {
            throw new ConflictException(
                    "Backfill %d changed meanwhile.".formatted(backfill.id().value()));
        }
    }

    /** What a user who asked to stop may have missed, because the server died or an attempt was handed on at that moment. */
    private void stopWhatBeganBefore(BackfillId id) {
        BackfillProgressDao.Locked backfill = jdbi.withExtension(
                BackfillProgressDao.class, dao -> dao.lock(id).orElse(null));
        if (backfill != null
                && backfill.state() == BackfillState.CANCELLED
                && backfill.stopAskedAt() != null
                && backfill.stopAskedBy() != null) {
            stop(id, backfill.stopAskedAt(), backfill.stopAskedBy(), backfill.stateReason(), false);
        }
    }

    /**
     * @param rerunToo whether those that users reran are stopped as well
     * @return how many were asked to stop
     */
    int stop(BackfillId id, Instant asked, UserId by, String reason, boolean rerunToo) {
        int stopped = 0;
        for (InstanceId instance :
                jdbi.withExtension(BackfillProgressDao.class, dao -> dao.toStop(id, asked, rerunToo, STOPS_MAX))) {
            try {
                actions.stop(instance, by, reason);
                stopped++;
            } catch (ConflictException | NotFoundException e) {
                LOG.debug("Instance {} need not be stopped: {}", instance.value(), e.getMessage());
            }
        }
        return stopped;
    }
}
