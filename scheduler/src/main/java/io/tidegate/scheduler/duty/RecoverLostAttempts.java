package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.dispatch.AttemptEndings;
import io.tidegate.scheduler.dispatch.LeaseSettings;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Declares attempts lost whose worker has been silent for longer than its lease, and has their instances tried again. */
public final class RecoverLostAttempts {
    private static final String ACTOR = "duty recover-lost-attempts";
    private static final int BATCH = 100;
    private static final int BATCHES_MAX = 100;

    private final AttemptEndings endings;

    public RecoverLostAttempts(Jdbi jdbi, LeaseSettings lease, InstantSource clock) {
        this.endings = new AttemptEndings(jdbi, lease, clock);
    }

    public void tick() {
        for (int i = 0; i < BATCHES_MAX; i++) {
            if (endings.loseThoseWhoseLeaseIsOver(ACTOR, BATCH) < BATCH) {
                return;
            }
        }
    }
}
