package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.RerunProperty;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which operation is allowed in which situation, and why not: one table for the services, which refuse by it, and for the
 * screens, which show it. Pure.
 */
public final class OperationRules {
    private OperationRules() {}

    /** Every operation with the sentence that refuses it, or null where it is allowed. */
    public static Map<InstanceOperation, @Nullable String> of(InstanceSituation situation) {
        Map<InstanceOperation, @Nullable String> all = new EnumMap<>(InstanceOperation.class);
        for (InstanceOperation operation : InstanceOperation.values()) {
            all.put(operation, refusal(operation, situation));
        }
        return all;
    }

    /** Why the operation cannot be done, and what can be done instead; null when it can. */
    public static @Nullable String refusal(InstanceOperation operation, InstanceSituation situation) {
        return switch (operation) {
            case STOP -> stop(situation.state());
            case RERUN -> rerun(situation.state(), situation.rerun());
            case RERUN_WITH_DESCENDANTS -> {
                String rerun = rerun(situation.state(), situation.rerun());
                yield rerun == null && !situation.hasChildren() ? "No instance waits for it: rerun it alone." : rerun;
            }
            case SET_SUCCESS -> setSuccess(situation.state());
            case FREEZE -> freeze(situation);
            case UNFREEZE -> situation.flags().frozen() ? null : "It is not frozen.";
            case REMOVE_DEPENDENCY -> removeDependency(situation);
            case CHANGE_PRIORITY -> changePriority(situation.state());
            case RUN_NOW -> runNow(situation);
        };
    }

    /** The same for an instance below one that is rerun, which goes back to wait for its parents again. */
    public static @Nullable String refusalToSendBack(InstanceState state, RerunProperty rerun) {
        return switch (state) {
            // It has not run, so this is no rerun.
            case NOT_RUN, WAIT_TIME, WAIT_RESOURCE -> null;
            case RUNNING -> "It is running: wait for its end, or stop it first.";
            case SUCCESS, FAILED -> rerun(state, rerun);
        };
    }

    private static @Nullable String stop(InstanceState state) {
        return switch (state) {
            case WAIT_TIME, WAIT_RESOURCE, RUNNING -> null;
            case NOT_RUN ->
                "It still waits for its parents, so there is nothing to stop: freeze it to keep it from running.";
            case SUCCESS, FAILED -> "It is over already.";
        };
    }

    private static @Nullable String rerun(InstanceState state, RerunProperty property) {
        return switch (state) {
            case WAIT_TIME, WAIT_RESOURCE -> "It is about to run anyway: run it now, or stop it first.";
            case RUNNING -> "It is running: wait for its end, or stop it first.";
            case NOT_RUN, SUCCESS, FAILED -> {
                boolean refused = property == RerunProperty.DENIED
                        || (property == RerunProperty.FAILURE_ONLY && state == InstanceState.SUCCESS);
                yield refused
                        ? "The node's rerun property is %s, so an instance in %s cannot be rerun."
                                .formatted(property, state)
                        : null;
            }
        };
    }

    private static @Nullable String setSuccess(InstanceState state) {
        return switch (state) {
            case FAILED -> null;
            case SUCCESS -> "It is a success already.";
            case RUNNING -> "It is running: only a failed instance is set to success. Stop it first.";
            case NOT_RUN, WAIT_TIME, WAIT_RESOURCE -> "It has not failed: only a failed instance is set to success.";
        };
    }

    private static @Nullable String freeze(InstanceSituation situation) {
        if (situation.flags().frozen()) {
            return "It is frozen already.";
        }
        return switch (situation.state()) {
            case NOT_RUN, WAIT_TIME, WAIT_RESOURCE -> null;
            case RUNNING -> "It is running and holds its slot: stop it instead.";
            case SUCCESS, FAILED -> "It is over, so there is nothing to hold back.";
        };
    }

    private static @Nullable String removeDependency(InstanceSituation situation) {
        return switch (situation.state()) {
            case NOT_RUN, WAIT_TIME ->
                situation.unfinishedCount() > 0 ? null : "All its parents are done: none of them holds it back.";
            case WAIT_RESOURCE -> "It waits for no parent any more, but for a slot.";
            case RUNNING -> "It is running: it waits for no parent any more.";
            case SUCCESS, FAILED -> "It is over: it waits for no parent any more.";
        };
    }

    private static @Nullable String changePriority(InstanceState state) {
        return switch (state) {
            case NOT_RUN, WAIT_TIME, WAIT_RESOURCE -> null;
            case RUNNING -> "It is running: its priority counted while it waited for a slot.";
            case SUCCESS, FAILED -> "It is over: its priority counted while it waited for a slot.";
        };
    }

    private static @Nullable String runNow(InstanceSituation situation) {
        return switch (situation.state()) {
            case WAIT_RESOURCE -> "Its time has come already: it waits for a slot.";
            case RUNNING -> "It is running already.";
            case SUCCESS, FAILED -> "It is over: rerun it.";
            case NOT_RUN, WAIT_TIME -> {
                if (situation.unfinishedCount() > 0) {
                    yield "It waits for " + named(situation)
                            + ": running now skips the waiting for its time, not for its parents.";
                }
                if (situation.flags().frozen()) {
                    yield "It is frozen: unfreeze it first.";
                }
                if (situation.state() == InstanceState.WAIT_TIME) {
                    yield null;
                }
                yield situation.held()
                        ? "Its backfill holds it back: rerun it, and it runs alone."
                        : "Its parents have just finished: ask again in a moment.";
            }
        };
    }

    private static String named(InstanceSituation situation) {
        int more = situation.unfinishedCount() - situation.unfinished().size();
        return String.join(", ", situation.unfinished()) + (more > 0 ? " and " + more + " more" : "");
    }
}
