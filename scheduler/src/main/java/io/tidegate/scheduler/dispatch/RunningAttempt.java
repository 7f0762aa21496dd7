package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An attempt that this worker runs now, as its heartbeat sees it. */
final class RunningAttempt implements Cancellation {
    private final ClaimedAttempt claimed;
    private final DatabaseJournal journal;
    private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();
    private volatile Instant leaseUntil;

    RunningAttempt(ClaimedAttempt claimed, DatabaseJournal journal) {
        this.claimed = claimed;
        this.journal = journal;
        this.leaseUntil = claimed.leaseUntil();
    }

    ClaimedAttempt claimed() {
        return claimed;
    }

    DatabaseJournal journal() {
        return journal;
    }

    @Override
    public boolean requested() {
        return stopReason.get() != null;
    }

    @Nullable StopReason stopReason() {
        return stopReason.get();
    }

    void stop(StopReason reason) {
        stopReason.compareAndSet(null, reason);
        if (reason == StopReason.LEASE_LOST) {
            journal.fence();
        }
    }

    void leaseExtendedUntil(Instant until) {
        leaseUntil = until;
    }

    boolean holdsLeaseAt(Instant now) {
        return now.isBefore(leaseUntil);
    }

    boolean outOfTimeAt(Instant now) {
        Integer minutes = claimed.document().timeoutMinutes();
        return minutes != null && !now.isBefore(claimed.startedAt().plus(Duration.ofMinutes(minutes)));
    }
}
