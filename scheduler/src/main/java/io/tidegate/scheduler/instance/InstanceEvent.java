package io.tidegate.scheduler.instance;

/** What can happen to an instance. */
public sealed interface InstanceEvent {

    /**
     * Which event it is. Java 17 cannot switch over types: a new event does not compile before it has a kind, and a new kind
     * does not compile before the transition function handles it.
     */
    Kind kind();

    /** Whether another attempt follows by itself; only attempts that failed or were lost can say so. */
    default boolean retry() {
        return false;
    }

    /** The word for it in messages and in the time line, e.g. {@code RerunAsked}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The last unfinished parent became a success, or there was none. */
    record ParentsDone() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.PARENTS_DONE;
        }
    }

    /** Its scheduled time, or the earliest start of its next attempt, has come. */
    record TimeReached() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.TIME_REACHED;
        }
    }

    /** The same for an instance that is a dry run: it is done without an attempt. */
    record DryRunDue() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.DRY_RUN_DUE;
        }
    }

    /** A worker claimed it: an attempt begins. */
    record SlotTaken() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.SLOT_TAKEN;
        }
    }

    /** The attempt did what it was asked to. */
    record AttemptSucceeded() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_SUCCEEDED;
        }
    }

    /**
     * The attempt failed.
     *
     * @param retry whether another attempt follows by itself; the caller has looked at the failure and at what is left of the
     *     automatic reruns, and sets the earliest start
     */
    record AttemptFailed(boolean retry) implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_FAILED;
        }
    }

    /**
     * The attempt's lease ran out: its worker is gone.
     *
     * @param retry as for {@link AttemptFailed}
     */
    record AttemptLost(boolean retry) implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.ATTEMPT_LOST;
        }
    }

    /** A user asked it to stop. No automatic rerun follows. */
    record StopAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.STOP_ASKED;
        }
    }

    /** A user asked it to run again, or an instance that has not run to look at its parents again. */
    record RerunAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.RERUN_ASKED;
        }
    }

    /** A user declared a failed instance a success. */
    record SetSuccessAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.SET_SUCCESS_ASKED;
        }
    }

    /** An instance above it is run again and takes it along: it goes back and waits for its parents. */
    record SentBack() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.SENT_BACK;
        }
    }

    /** A user froze it. */
    record FreezeAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.FREEZE_ASKED;
        }
    }

    /** A user let it go on. */
    record UnfreezeAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.UNFREEZE_ASKED;
        }
    }

    /** A user let it go without one of its parents. */
    record DependencyRemoved() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.DEPENDENCY_REMOVED;
        }
    }

    /** A user moved it forward or backward in the queue. */
    record PriorityChanged() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.PRIORITY_CHANGED;
        }
    }

    /** A user does not want to wait for its time. */
    record RunNowAsked() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.RUN_NOW_ASKED;
        }
    }

    /** Its backfill is paused or cancelled: it starts nothing until it is released. */
    record Held() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.HELD;
        }
    }

    /** Its backfill has come to its business date, or goes on. */
    record Released() implements InstanceEvent {
        @Override
        public Kind kind() {
            return Kind.RELEASED;
        }
    }

    /** One for each event. */
    enum Kind {
        PARENTS_DONE,
        TIME_REACHED,
        DRY_RUN_DUE,
        SLOT_TAKEN,
        ATTEMPT_SUCCEEDED,
        ATTEMPT_FAILED,
        ATTEMPT_LOST,
        STOP_ASKED,
        RERUN_ASKED,
        SET_SUCCESS_ASKED,
        SENT_BACK,
        FREEZE_ASKED,
        UNFREEZE_ASKED,
        DEPENDENCY_REMOVED,
        PRIORITY_CHANGED,
        RUN_NOW_ASKED,
        HELD,
        RELEASED
    }
}
