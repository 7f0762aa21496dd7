package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one claimed attempt from its request to its settled outcome. */
final class AttemptRun {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);
    private static final Duration SETTLE_AGAIN_AFTER = Duration.ofMillis(500);

    private final NodeRunner runner;
    private final RunRequests requests;
    private final AttemptEndings endings;
    private final String actor;
    private final InstantSource clock;

    AttemptRun(NodeRunner runner, RunRequests requests, AttemptEndings endings, String actor, InstantSource clock) {
        this.runner = runner;
        this.requests = requests;
        this.endings = endings;
        this.actor = actor;
        this.clock = clock;
    }

    /** Blocks until the attempt is settled, or given up because its lease is gone. Throws nothing. */
    void run(RunningAttempt attempt) {
        try {
            RunOutcome outcome = outcome(attempt);
            if (outcome instanceof RunOutcome.Failed failed) {
                attempt.journal().log(Level.ERROR, failed.message());
            }
            attempt.journal().flush();
            settle(attempt, outcome);
        } catch (FencedException e) {
            LOG.warn("{}: {}", attempt.claimed().label(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error(
                    "{} could not be settled; it will be recovered when its lease is over.",
                    attempt.claimed().label(),
                    e);
        }
    }

    private RunOutcome outcome(RunningAttempt attempt) {
        try {
            RunRequest request = requests.of(attempt.claimed());
            return runner.run(request, attempt.journal(), attempt);
        } catch (UnresolvedParameterException e) {
            return failed(
                    RunOutcome.FailureKind.BAD_DOCUMENT,
                    "The code cannot be completed: " + e.getMessage()
                            + ". Assign it in the node's schedule, commit and deploy.",
                    false);
        } catch (FencedException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("{} broke off", attempt.claimed().label(), e);
            return failed(
                    RunOutcome.FailureKind.INTERNAL,
                    "Tidegate itself broke off: " + e + ". The server's log tells where.",
                    true);
        }
    }

    /** The database may be away for a moment; the outcome of a long copy is worth waiting for, while the lease holds. */
    private void settle(RunningAttempt attempt, RunOutcome outcome) throws InterruptedException {
        while (true) {
            try {
                write(attempt, outcome);
                return;
            } catch (FencedException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!attempt.holdsLeaseAt(clock.instant())) {
                    throw e;
                }
                LOG.warn(
                        "{}: the outcome waits for the database: {}",
                        attempt.claimed().label(),
                        e.toString());
            }
            Thread.sleep(SETTLE_AGAIN_AFTER.toMillis());
        }
    }

    private void write(RunningAttempt attempt, RunOutcome outcome) {
        AttemptRef ref = attempt.claimed().ref();
        if (outcome instanceof RunOutcome.Succeeded succeeded) {
            // Also when a stop was asked: what is committed is committed.
            endings.succeeded(ref, actor, succeeded.receipt(), succeeded.late());
        } else if (outcome instanceof RunOutcome.Failed failed) {
            endings.failed(ref, actor, failed.kind().name(), failed.message(), failed.retryable());
        } else {
            writeCancelled(ref, attempt.stopReason(), attempt.claimed().document());
        }
    }

    private void writeCancelled(AttemptRef ref, @Nullable StopReason reason, NodeDocument document) {
        if (reason == null) {
            endings.failed(
                    ref, actor, RunOutcome.FailureKind.INTERNAL.name(), "The run ended without being asked to.", true);
            return;
        }
        switch (reason) {
            case ASKED -> endings.stopped(ref, actor);
            case TIMEOUT ->
                endings.failed(
                        ref,
                        actor,
                        AttemptEndings.TIMEOUT,
                        "It ran longer than its node allows, which is %d min.".formatted(document.timeoutMinutes()),
                        Boolean.TRUE.equals(document.rerun().afterTimeout()));
            case SHUTDOWN -> endings.lost(ref, actor, "its worker shut down");
            case LEASE_LOST -> throw new FencedException("The lease is gone; the outcome was dropped.");
        }
    }

    private static RunOutcome failed(RunOutcome.FailureKind kind, String message, boolean retryable) {
        return new RunOutcome.Failed(kind, message, retryable);
    }
}
