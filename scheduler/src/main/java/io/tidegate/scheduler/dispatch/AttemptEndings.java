package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.scheduler.Id;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.Cause;
import io.tidegate.scheduler.instance.InstanceEvent;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.SeenInstance;
import io.tidegate.scheduler.late.LateLedger;
import io.tidegate.scheduler.node.RerunProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Settles how an attempt ended: the attempt, its instance and what that opens, in one transaction.
 *
 * <p>Every method throws {@link FencedException}, and writes nothing, when the attempt was already declared over.
 */
public final class AttemptEndings {
    /** What an attempt failed of that ran longer than its node allows; the other kinds are the engine's. */
    static final String TIMEOUT = "TIMEOUT";

    private final Jdbi jdbi;
    private final InstanceMoves moves;
    private final InstanceOpening opening;
    private final LateLedger ledger;
    private final LeaseSettings lease;
    private final InstantSource clock;
    private final SuccessesTogether together;

    public AttemptEndings(Jdbi jdbi, LeaseSettings lease, InstantSource clock) {
        this.jdbi = jdbi;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
        this.ledger = new LateLedger(jdbi, clock);
        this.lease = lease;
        this.clock = clock;
        this.together = new SuccessesTogether(this::succeededTogether, this::succeededAlone);
    }

    /**
     * @param receipt null for a node that copies nothing
     * @param late late records that the attempt found, for the ledger
     */
    public void succeeded(AttemptRef attempt, String actor, @Nullable Receipt receipt, List<LateRun> late) {
        if (receipt == null) {
            together.settle(new SuccessesTogether.Success(attempt, actor));
            return;
        }
        jdbi.useTransaction(handle -> {
            EndingDao.Running running = end(handle, attempt, AttemptState.SUCCEEDED, null, null);
            handle.attach(EndingDao.class)
                    .keepReceipt(
                            attempt.id(),
                            receipt,
                            receipt.read(),
                            receipt.written(),
                            receipt.filtered(),
                            receipt.dirty());
            ledger.keep(handle, attempt.instanceId(), attempt.id(), receipt, late);
            moveOn(handle, attempt.number(), actor, List.of(running.seen()));
        });
    }

    private void succeededAlone(SuccessesTogether.Success success) {
        AttemptRef attempt = success.attempt();
        jdbi.useTransaction(handle -> {
            EndingDao.Running running = end(handle, attempt, AttemptState.SUCCEEDED, null, null);
            moveOn(handle, attempt.number(), success.actor(), List.of(running.seen()));
        });
    }

    /** Those that were already declared over are left for {@link #succeededAlone} to say so. */
    private List<SuccessesTogether.Success> succeededTogether(List<SuccessesTogether.Success> all) {
        return jdbi.inTransaction(handle -> {
            Map<InstanceId, SeenInstance> seen = handle
                    .attach(EndingDao.class)
                    .endAll(
                            values(all, AttemptRef::instanceId),
                            values(all, AttemptRef::id),
                            all.stream()
                                    .mapToLong(success -> success.attempt().epoch())
                                    .toArray(),
                            clock.instant())
                    .stream()
                    .collect(Collectors.toMap(SeenInstance::id, Function.identity()));
            List<SuccessesTogether.Success> settled = all.stream()
                    .filter(success -> seen.containsKey(success.attempt().instanceId()))
                    .toList();
            // What is written into the time line is the same for the same number of the attempt.
            settled.stream()
                    .collect(Collectors.groupingBy(
                            success -> success.attempt().number(), TreeMap::new, Collectors.toList()))
                    .forEach((number, same) -> moveOn(
                            handle,
                            number,
                            same.get(0).actor(),
                            same.stream()
                                    .map(success -> Objects.requireNonNull(
                                            seen.get(success.attempt().instanceId())))
                                    .toList()));
            return settled;
        });
    }

    private void moveOn(Handle handle, int attemptNumber, String actor, List<SeenInstance> seen) {
        moves.moveAll(
                handle,
                seen,
                new InstanceEvent.AttemptSucceeded(),
                new Cause(actor, "Attempt %d succeeded.".formatted(attemptNumber)));
        opening.openChildrenOf(handle, seen.stream().map(SeenInstance::id).toList(), actor);
    }

    private static long[] values(List<SuccessesTogether.Success> all, Function<AttemptRef, Id> which) {
        return all.stream()
                .mapToLong(success -> which.apply(success.attempt()).value())
                .toArray();
    }

    /**
     * @param kind an engine FailureKind, or TIMEOUT
     * @param message what happened and what the user can do
     * @param mayTryAgain whether another attempt of the same code can end otherwise; it follows if the node's automatic
     *     reruns are not used up and nobody asked to stop
     */
    public void failed(AttemptRef attempt, String actor, String kind, String message, boolean mayTryAgain) {
        jdbi.useTransaction(handle -> {
            EndingDao.Running running = end(handle, attempt, AttemptState.FAILED, message, kind);
            boolean retry = mayTryAgain && running.autoRerunsLeft() > 0 && running.stopAskedBy() == null;
            Instant again = clock.instant().plus(Duration.ofMinutes(running.intervalMinutes()));
            if (retry) {
                handle.attach(EndingDao.class).tryAgainAt(attempt.instanceId(), again, 1, 0);
            }
            String next = retry
                    ? "The next attempt may start at %s; automatic reruns left after it: %d."
                            .formatted(again.truncatedTo(ChronoUnit.SECONDS), running.autoRerunsLeft() - 1)
                    : whyNoRetry(kind, mayTryAgain, running);
            moves.move(
                    handle,
                    running.seen(),
                    new InstanceEvent.AttemptFailed(retry),
                    new Cause(actor, "Attempt %d failed: %s %s".formatted(attempt.number(), sentence(message), next)));
        });
    }

    /** A user asked, and the attempt obeyed. */
    public void stopped(AttemptRef attempt, String actor) {
        jdbi.useTransaction(handle -> {
            EndingDao.Running running =
                    end(handle, attempt, AttemptState.STOPPED, "Stopped by a user; nothing was committed.", null);
            String by = running.stopAskedBy() == null ? actor : running.stopAskedBy();
            moves.move(
                    handle,
                    running.seen(),
                    new InstanceEvent.StopAsked(),
                    new Cause(by, "Attempt %d was stopped. No automatic rerun follows.".formatted(attempt.number())));
        });
    }

    /**
     * The attempt's worker is gone or gives it up. The instance is tried again at once by whoever is free, with the plan and
     * the prepared commit of this attempt; that uses up no automatic rerun.
     */
    public void lost(AttemptRef attempt, String actor, String why) {
        jdbi.useTransaction(handle -> lose(handle, attempt, actor, why));
    }

    /**
     * Declares attempts lost whose lease is over.
     *
     * @return how many, at most {@code limit}
     */
    public int loseThoseWhoseLeaseIsOver(String actor, int limit) {
        Instant now = clock.instant();
        int lost = 0;
        for (AttemptRef attempt : jdbi.withExtension(EndingDao.class, dao -> dao.withLeaseOver(now, limit))) {
            lost += jdbi.inTransaction(handle -> loseIfLeaseIsOver(handle, attempt, actor, now)) ? 1 : 0;
        }
        return lost;
    }

    private boolean loseIfLeaseIsOver(Handle handle, AttemptRef attempt, String actor, Instant now) {
        EndingDao dao = handle.attach(EndingDao.class);
        // The instance first, as everywhere, so that two who end the same attempt wait instead of deadlocking.
        dao.lock(attempt.instanceId());
        if (!dao.lockAndSeeWhetherLeaseIsOver(attempt.id(), now).orElse(false)) {
            return false;
        }
        lose(
                handle,
                attempt,
                actor,
                "its worker was silent for longer than the lease of %d seconds"
                        .formatted(lease.length().toSeconds()));
        return true;
    }

    private void lose(Handle handle, AttemptRef attempt, String actor, String why) {
        String message = "Lost: " + why + ".";
        EndingDao.Running running = end(handle, attempt, AttemptState.LOST, message, null);
        String told = "Attempt %d was lost: %s.".formatted(attempt.number(), why);
        if (running.stopAskedBy() != null) {
            moves.move(handle, running.seen(), new InstanceEvent.StopAsked(), new Cause(running.stopAskedBy(), told));
            return;
        }
        boolean denied = running.rerunProperty() == RerunProperty.DENIED;
        boolean retry = !denied && running.lostAttempts() < lease.lostAttemptsMax();
        String next = denied
                ? "The node denies reruns, so none follows."
                : retry
                        ? "Another worker takes over."
                        : "%d attempts were lost already, so no further one follows; look at the workers' logs."
                                .formatted(running.lostAttempts());
        if (retry) {
            handle.attach(EndingDao.class).tryAgainAt(attempt.instanceId(), clock.instant(), 0, 1);
        }
        moves.move(handle, running.seen(), new InstanceEvent.AttemptLost(retry), new Cause(actor, told + " " + next));
        if (retry) {
            opening.sendOnIfDue(handle, List.of(attempt.instanceId()), actor);
        }
    }

    private EndingDao.Running end(
            Handle handle, AttemptRef attempt, AttemptState state, @Nullable String message, @Nullable String kind) {
        EndingDao dao = handle.attach(EndingDao.class);
        EndingDao.Running running = dao.lock(attempt.instanceId()).orElseThrow(() -> fenced(attempt));
        if (dao.end(attempt.id(), attempt.epoch(), state, clock.instant(), message, kind) == 0) {
            throw fenced(attempt);
        }
        return running;
    }

    private static FencedException fenced(AttemptRef attempt) {
        return new FencedException("Attempt %d (epoch %d) is over already; its outcome was dropped."
                .formatted(attempt.id().value(), attempt.epoch()));
    }

    /** Other programs' messages often lack the period, and ours goes on after them. */
    private static String sentence(String message) {
        String text = message.strip();
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private static String whyNoRetry(String kind, boolean mayTryAgain, EndingDao.Running running) {
        if (running.stopAskedBy() != null) {
            return "No automatic rerun follows, because a user asked it to stop.";
        }
        if (!mayTryAgain && TIMEOUT.equals(kind)) {
            return "The node does not rerun after a timeout; give it more time, or rerun it by hand.";
        }
        return mayTryAgain
                ? "No automatic reruns are left; rerun it by hand once the cause is mended."
                : "Another attempt would fail likewise, so none follows; rerun it by hand once the cause is mended.";
    }
}
