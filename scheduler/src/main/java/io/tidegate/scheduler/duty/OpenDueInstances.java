package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** Opens what is due: parents done, then time reached. */
public final class OpenDueInstances {
    private static final String ACTOR = "duty open-due-instances";
    private static final int BATCH = 500;
    /** Of many that are due at once, the first should not wait until many are opened. */
    private static final int FIRST_BATCH = 100;
    /** One tick ends at some time, whatever comes in meanwhile. */
    private static final int BATCHES_MAX = 200;
    /** Of those that wait for their parents: so many are looked at a tick, all of them in turn. */
    private static final int LOOKED_AT = 2000;

    private static final int LOOKS_MAX = 5;

    private final Jdbi jdbi;
    private final InstanceOpening opening;
    private final CatchUpAfterPause catchUp;
    /** How far the look at those that wait for their parents has come; scratch, it may begin again at any time. */
    private final AtomicLong lookedUpTo = new AtomicLong();
    /** Two threads of one server would only lock each other's rows; servers pass each other by SKIP LOCKED. */
    private final ReentrantLock turn = new ReentrantLock();

    public OpenDueInstances(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.opening = new InstanceOpening(new InstanceMoves(clock), clock);
        this.catchUp = new CatchUpAfterPause(jdbi, clock);
    }

    public void tick() {
        // Before anything is opened: what a policy lets pass must not start.
        catchUp.tick();
        turn.lock();
        try {
            lookForDoneParents();
            open();
        } finally {
            turn.unlock();
        }
    }

    /** Opens what is due now, and nothing else; returns at once when another thread is at it. */
    void openWhatIsDue() {
        catchUp.tick();
        if (turn.tryLock()) {
            try {
                open();
            } finally {
                turn.unlock();
            }
        }
    }

    /** When the next instance falls due that waits for its time. */
    Optional<Instant> nextDue(Instant now) {
        return jdbi.withHandle(handle -> opening.nextDue(handle, now));
    }

    private void lookForDoneParents() {
        for (int i = 0; i < LOOKS_MAX; i++) {
            long after = lookedUpTo.get();
            lookedUpTo.set(
                    jdbi.inTransaction(handle -> opening.openWhoseParentsAreDone(handle, after, LOOKED_AT, ACTOR)));
            if (lookedUpTo.get() == 0) {
                return;
            }
        }
    }

    private void open() {
        int batch = FIRST_BATCH;
        for (int i = 0; i < BATCHES_MAX; i++) {
            int limit = batch;
            boolean due = jdbi.inTransaction(handle -> opening.openDue(handle, limit, ACTOR)) == limit;
            // In between, so that what is due does not wait for all that were pending.
            boolean pending = jdbi.inTransaction(handle -> opening.openPending(handle, ACTOR));
            if (!pending && !due) {
                return;
            }
            batch = Math.min(BATCH, batch * 2);
        }
    }
}
