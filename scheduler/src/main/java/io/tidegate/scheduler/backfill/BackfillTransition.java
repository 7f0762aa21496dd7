package io.tidegate.scheduler.backfill;

import static io.tidegate.scheduler.backfill.BackfillState.CANCELLED;
import static io.tidegate.scheduler.backfill.BackfillState.DONE;
import static io.tidegate.scheduler.backfill.BackfillState.HALTED;
import static io.tidegate.scheduler.backfill.BackfillState.PAUSED;
import static io.tidegate.scheduler.backfill.BackfillState.RUNNING;

import io.tidegate.scheduler.ConflictException;
import org.jspecify.annotations.Nullable;

/** Where an event leads a backfill, or why it cannot happen. Pure; the only place that decides it. */
public final class BackfillTransition {
    private BackfillTransition() {}

    /**
     * @throws ConflictException when the state does not allow the event, with the sentence why
     */
    public static BackfillState next(BackfillState from, BackfillEvent event) {
        String refusal = refusal(from, event);
        if (refusal != null) {
            throw new ConflictException(refusal);
        }
        return switch (event) {
            case PAUSE -> PAUSED;
            case RESUME, MEND -> RUNNING;
            case CANCEL_SUBMISSION, STOP_RUNNING -> CANCELLED;
            case HALT -> HALTED;
            case FINISH -> DONE;
        };
    }

    /** Why it cannot happen, and what can be done instead; null when it can. */
    public static @Nullable String refusal(BackfillState from, BackfillEvent event) {
        return switch (from) {
            case RUNNING ->
                switch (event) {
                    case PAUSE, CANCEL_SUBMISSION, STOP_RUNNING, HALT, FINISH -> null;
                    case RESUME -> "The backfill is running.";
                    case MEND -> "The backfill does not stand still.";
                };
            case PAUSED ->
                switch (event) {
                    case RESUME, CANCEL_SUBMISSION, STOP_RUNNING -> null;
                    case PAUSE -> "The backfill is paused already.";
                    case HALT, MEND, FINISH -> "The backfill is paused: resume it first.";
                };
            case HALTED ->
                switch (event) {
                    case PAUSE, RESUME, CANCEL_SUBMISSION, STOP_RUNNING, MEND -> null;
                    case HALT -> "The backfill stands still already.";
                    case FINISH -> "The backfill stands still because an instance failed.";
                };
            case CANCELLED ->
                switch (event) {
                    case STOP_RUNNING -> null;
                    case PAUSE, RESUME, CANCEL_SUBMISSION, HALT, MEND, FINISH ->
                        "The backfill is cancelled: make another one of what is missing.";
                };
            case DONE -> "The backfill is over: rerun or stop its instances one by one, or make another backfill.";
        };
    }
}
