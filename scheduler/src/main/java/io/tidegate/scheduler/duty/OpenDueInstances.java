package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import java.time.InstantSource;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens what is due: parents done, then time reached. */
public final class OpenDueInstances {
    private static final String ACTOR = "duty open-due-instances";
    private static final int BATCH = 500;
    /** One tick ends at some time, whatever comes in meanwhile. */
    private static final int BATCHES_MAX = 200;

    private final Jdbi jdbi;
    private final InstanceOpening opening;
    private final CatchUpAfterPause catchUp;

    public OpenDueInstances(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.opening = new InstanceOpening(new InstanceMoves(clock), clock);
        this.catchUp = new CatchUpAfterPause(jdbi, clock);
    }

    public void tick() {
        // Before anything is opened: what a policy lets pass must not start.
        catchUp.tick();
        inBatches(handle -> opening.openWhoseParentsAreDone(handle, BATCH, ACTOR));
        inBatches(handle -> opening.openDue(handle, BATCH, ACTOR));
    }

    private void inBatches(ToIntFunction<Handle> batch) {
        for (int i = 0; i < BATCHES_MAX; i++) {
            if (jdbi.inTransaction(batch::applyAsInt) < BATCH) {
                return;
            }
        }
    }
}
