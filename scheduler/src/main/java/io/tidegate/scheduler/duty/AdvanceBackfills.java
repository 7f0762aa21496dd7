package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.backfill.BackfillProgress;

/** Ends business dates of backfills, begins the next ones, and carries out what users asked for. */
public final class AdvanceBackfills {
    private final BackfillProgress progress;

    public AdvanceBackfills(BackfillProgress progress) {
        this.progress = progress;
    }

    public void tick() {
        progress.advanceAll();
    }
}
