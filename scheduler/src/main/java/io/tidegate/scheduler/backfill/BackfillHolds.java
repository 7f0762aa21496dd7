package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.Cause;
import io.tidegate.scheduler.instance.InstanceEvent;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.SeenInstance;
import io.tidegate.scheduler.instance.StaleInstanceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings the flag that keeps instances from starting in line with the states of their backfill and its dates. Only these states
 * are decided upon; the flag follows, now or when the duty looks next. In small transactions that wait for no instance, so that
 * they cannot stand in each other's way, nor in that of runs that end.
 */
final class BackfillHolds {
    private static final int BATCH = 500;
    /** One look ends at some time, whatever is left. */
    private static final int BATCHES_MAX = 200;

    private final Jdbi jdbi;
    private final InstanceMoves moves;
    private final InstanceOpening opening;

    BackfillHolds(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
    }

    /** Holds and releases what must be. */
    void align(BackfillId id, String actor) {
        for (int i = 0; i < BATCHES_MAX; i++) {
            List<SeenInstance> released = new ArrayList<>();
            int changed = jdbi.inTransaction(handle -> {
                // Shared: nobody pauses or resumes the backfill between the look and the flags.
                BackfillProgressDao dao = handle.attach(BackfillProgressDao.class);
                return dao.share(id)
                        .map(backfill -> align(handle, dao, backfill, actor, released))
                        .orElse(0);
            });
            open(released, actor);
            if (changed == 0) {
                return;
            }
        }
    }

    private int align(
            Handle handle,
            BackfillProgressDao dao,
            BackfillProgressDao.Locked backfill,
            String actor,
            List<SeenInstance> released) {
        BackfillId id = backfill.id();
        return switch (backfill.state()) {
            case RUNNING, HALTED, DONE -> release(handle, dao.toRelease(id, false, BATCH), actor, released);
            case PAUSED -> hold(handle, dao.toHold(id, false, BATCH), because(backfill, "paused"));
            case CANCELLED ->
                hold(handle, dao.toHold(id, true, BATCH), because(backfill, "cancelled"))
                        // What had begun goes on to its end, also when it was paused in between.
                        + release(handle, dao.toRelease(id, true, BATCH), actor, released);
        };
    }

    private static Cause because(BackfillProgressDao.Locked backfill, String what) {
        String by = backfill.stateBy() == null ? "backfill" : backfill.stateBy();
        String why = backfill.stateReason().isEmpty() ? "" : " Reason: " + backfill.stateReason();
        return new Cause(by, "The backfill was " + what + "." + why);
    }

    private int hold(Handle handle, List<SeenInstance> free, Cause cause) {
        return flag(handle, free, new InstanceEvent.Held(), cause, true);
    }

    private int release(Handle handle, List<SeenInstance> held, String actor, List<SeenInstance> released) {
        released.addAll(held);
        return flag(handle, held, new InstanceEvent.Released(), new Cause(actor, ""), false);
    }

    private int flag(Handle handle, List<SeenInstance> all, InstanceEvent event, Cause cause, boolean held) {
        for (InstanceState state : InstanceState.values()) {
            List<SeenInstance> moved = moves.moveAll(handle, BackfillProgressDao.in(state, all), event, cause);
            int written = handle.attach(BackfillProgressDao.class)
                    .setHeld(
                            moved.stream().mapToLong(seen -> seen.id().value()).toArray(),
                            moved.stream().mapToLong(SeenInstance::version).toArray(),
                            held);
            if (written != moved.size()) {
                throw new StaleInstanceException("Instances of a backfill changed although they were locked.");
            }
        }
        return all.size();
    }

    /** At once and not with the next look of the duty that opens; in a transaction of its own, because it waits for locks. */
    private void open(List<SeenInstance> released, String actor) {
        List<InstanceId> notRun = BackfillProgressDao.in(InstanceState.NOT_RUN, released).stream()
                .map(SeenInstance::id)
                .toList();
        if (!notRun.isEmpty()) {
            jdbi.useTransaction(handle -> opening.open(handle, notRun, actor));
        }
        if (released.stream().anyMatch(seen -> seen.state() == InstanceState.WAIT_TIME)) {
            jdbi.useTransaction(handle -> opening.openDue(handle, BATCH, actor));
        }
    }
}
