package io.tidegate.scheduler.instance;

import static io.tidegate.scheduler.instance.InstanceEffect.BEGINS_ATTEMPT;
import static io.tidegate.scheduler.instance.InstanceEffect.ENDS_ATTEMPT;
import static io.tidegate.scheduler.instance.InstanceEffect.FINISHES;
import static io.tidegate.scheduler.instance.InstanceEffect.LOOKS_AT_PARENTS;
import static io.tidegate.scheduler.instance.InstanceEffect.OPENS_CHILDREN;
import static io.tidegate.scheduler.instance.InstanceEffect.SPENDS_AUTO_RERUN;
import static io.tidegate.scheduler.instance.InstanceEffect.STARTS;
import static io.tidegate.scheduler.instance.InstanceEffect.STARTS_OVER;
import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;

import io.tidegate.scheduler.instance.InstanceEvent.DryRunDue;
import io.tidegate.scheduler.instance.InstanceEvent.RunNowAsked;
import io.tidegate.scheduler.instance.InstanceEvent.SlotTaken;
import java.util.List;
import java.util.Set;

/**
 * One step of an instance. {@link #next} is the only place that decides where an event leads; who applies the step writes the
 * state and its effects in one statement that names the state version it saw.
 */
public record InstanceTransition(
        InstanceState from, InstanceEvent event, InstanceState to, Set<InstanceEffect> effects) {

    public InstanceTransition {
        effects = Set.copyOf(effects);
    }

    /**
     * Where an event leads.
     *
     * @throws IllegalTransitionException when the state does not allow the event
     */
    public static InstanceTransition next(InstanceState from, InstanceEvent event) {
        return next("the instance", from, event);
    }

    /** The same, with the flags looked at: a frozen instance takes no slot and completes no dry run. */
    public static InstanceTransition next(
            long instanceId, InstanceState from, InstanceFlags flags, InstanceEvent event) {
        String subject = "instance " + instanceId;
        String held = heldBy(flags, event);
        if (!held.isEmpty()) {
            throw new IllegalTransitionException(subject, from, event, held);
        }
        return next(subject, from, event);
    }

    /** The same, naming the instance in the error, for events that no flag concerns. */
    public static InstanceTransition next(long instanceId, InstanceState from, InstanceEvent event) {
        return next("instance " + instanceId, from, event);
    }

    private static InstanceTransition next(String subject, InstanceState from, InstanceEvent event) {
        var step = new Step(subject, from, event);
        return switch (event.kind()) {
            case PARENTS_DONE -> step.allowedIn(NOT_RUN).to(WAIT_TIME);
            case TIME_REACHED -> step.allowedIn(WAIT_TIME).to(WAIT_RESOURCE);
            case DRY_RUN_DUE -> step.allowedIn(WAIT_TIME).to(SUCCESS, STARTS, FINISHES, OPENS_CHILDREN);
            case SLOT_TAKEN -> step.allowedIn(WAIT_RESOURCE).to(RUNNING, STARTS, BEGINS_ATTEMPT);
            case ATTEMPT_SUCCEEDED -> step.allowedIn(RUNNING).to(SUCCESS, ENDS_ATTEMPT, FINISHES, OPENS_CHILDREN);
            case ATTEMPT_FAILED, ATTEMPT_LOST ->
                event.retry()
                        ? step.allowedIn(RUNNING).to(WAIT_TIME, ENDS_ATTEMPT, SPENDS_AUTO_RERUN)
                        : step.allowedIn(RUNNING).to(FAILED, ENDS_ATTEMPT, FINISHES);
            case STOP_ASKED ->
                from == RUNNING
                        ? step.to(FAILED, ENDS_ATTEMPT, FINISHES)
                        : step.allowedIn(WAIT_TIME, WAIT_RESOURCE).to(FAILED, FINISHES);
            case RERUN_ASKED -> step.allowedIn(NOT_RUN, SUCCESS, FAILED).to(NOT_RUN, STARTS_OVER, LOOKS_AT_PARENTS);
            case SET_SUCCESS_ASKED -> step.allowedIn(FAILED).to(SUCCESS, FINISHES, OPENS_CHILDREN);
            case SENT_BACK ->
                step.allowedIn(NOT_RUN, WAIT_TIME, WAIT_RESOURCE, SUCCESS, FAILED)
                        .to(NOT_RUN, STARTS_OVER, LOOKS_AT_PARENTS);
            // These leave the state as it is; what follows from them is an event of its own.
            case FREEZE_ASKED, PRIORITY_CHANGED ->
                step.allowedIn(NOT_RUN, WAIT_TIME, WAIT_RESOURCE).to(from);
            case UNFREEZE_ASKED -> step.to(from);
            case DEPENDENCY_REMOVED -> step.allowedIn(NOT_RUN, WAIT_TIME).to(from);
            case RUN_NOW_ASKED -> step.allowedIn(WAIT_TIME).to(from);
            // A running attempt goes on; its instance is held for what may come after it. Out of the queue, so that
            // whoever
            // looks for work need not step over it.
            case HELD ->
                step.allowedIn(NOT_RUN, WAIT_TIME, WAIT_RESOURCE, RUNNING).to(from == WAIT_RESOURCE ? WAIT_TIME : from);
            case RELEASED -> step.allowedIn(NOT_RUN, WAIT_TIME, RUNNING).to(from);
        };
    }

    private static String heldBy(InstanceFlags flags, InstanceEvent event) {
        boolean takesSlot = event instanceof SlotTaken;
        boolean completesDryRun = event instanceof DryRunDue;
        boolean runsNow = event instanceof RunNowAsked;
        if (flags.frozen() && (takesSlot || completesDryRun || runsNow)) {
            return ", but it is frozen";
        }
        if (flags.dryRun() && takesSlot) {
            return ", but it is a dry run and takes no slot";
        }
        return !flags.dryRun() && completesDryRun ? ", but it is no dry run" : "";
    }

    private record Step(String subject, InstanceState from, InstanceEvent event) {
        Step allowedIn(InstanceState... states) {
            if (!List.of(states).contains(from)) {
                throw new IllegalTransitionException(subject, from, event, "");
            }
            return this;
        }

        InstanceTransition to(InstanceState to, InstanceEffect... effects) {
            return new InstanceTransition(from, event, to, Set.of(effects));
        }
    }
}
