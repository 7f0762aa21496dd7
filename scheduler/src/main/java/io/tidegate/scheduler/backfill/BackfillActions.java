package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What users do to a backfill as a whole. The state and the audit entry are one transaction; what follows for the instances is
 * done at once, and by the duty where a server dies in between.
 *
 * <p>All throw {@link NotFoundException} when there is no such backfill, and {@link ConflictException} when its state does not
 * allow it. A reason is the user's own words, at most 500 characters; it may be empty.
 */
public final class BackfillActions {
    /** What users can do. */
    public static final List<BackfillEvent> OPERATIONS = List.of(
            BackfillEvent.PAUSE, BackfillEvent.RESUME, BackfillEvent.CANCEL_SUBMISSION, BackfillEvent.STOP_RUNNING);

    private static final int REASON_MAX = 500;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final BackfillProgress progress;

    public BackfillActions(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.progress = new BackfillProgress(jdbi, audit, clock);
    }

    /** Each operation with the sentence that refuses it in this state, or null where it is allowed. */
    public static Map<BackfillEvent, @Nullable String> operations(BackfillState state) {
        Map<BackfillEvent, @Nullable String> all = new EnumMap<>(BackfillEvent.class);
        OPERATIONS.forEach(operation -> all.put(operation, BackfillTransition.refusal(state, operation)));
        return all;
    }

    /** Nothing more of it starts, until it is resumed. What runs goes on; what fails then is tried again after that. */
    public void pause(BackfillId id, UserId by, String reason) {
        change(id, BackfillEvent.PAUSE, by, reason);
    }

    /** Lets it go on. One that stands still because of a failure goes on past it and any other. */
    public void resume(BackfillId id, UserId by, String reason) {
        change(id, BackfillEvent.RESUME, by, reason);
    }

    /** What has not begun never will. What has, goes on to its end, with its automatic reruns. */
    public void cancelSubmission(BackfillId id, UserId by, String reason) {
        change(id, BackfillEvent.CANCEL_SUBMISSION, by, reason);
    }

    /** Cancels the submission, if that has not been done, and stops what runs or waits for its next attempt. */
    public void stopRunning(BackfillId id, UserId by, String reason) {
        change(id, BackfillEvent.STOP_RUNNING, by, reason);
        progress.stop(id, clock.instant(), by, reason.strip(), true);
        progress.advance(id);
    }

    private void change(BackfillId id, BackfillEvent event, UserId by, String reason) {
        String why = reason.strip();
        if (why.length() > REASON_MAX) {
            throw InvalidInputException.of(
                    "/reason", "The reason has " + why.length() + " characters.", "Use at most " + REASON_MAX + ".");
        }
        jdbi.useTransaction(handle -> change(handle, id, event, by, why));
        progress.advance(id);
    }

    private void change(Handle handle, BackfillId id, BackfillEvent event, UserId by, String why) {
        BackfillProgressDao dao = handle.attach(BackfillProgressDao.class);
        BackfillProgressDao.Locked backfill = dao.lock(id).orElseThrow(() -> new NotFoundException("backfill", id));
        String user =
                handle.attach(BackfillDao.class).userName(by).orElseThrow(() -> new NotFoundException("user", by));
        boolean pastFailures = event == BackfillEvent.RESUME && backfill.state() == BackfillState.HALTED;
        progress.move(dao, backfill, event, user, why, pastFailures ? OnFailure.CONTINUE : backfill.onFailure());
        if (event == BackfillEvent.STOP_RUNNING) {
            dao.askToStop(id, by, clock.instant());
        }
        Act act = Act.by(by, "backfill." + event.word(), "backfill " + id.value())
                .in(backfill.workspaceId())
                .with("state", backfill.state());
        audit.record(handle, why.isEmpty() ? act : act.with("reason", why));
    }
}
