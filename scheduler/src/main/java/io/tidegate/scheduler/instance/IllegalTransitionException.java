package io.tidegate.scheduler.instance;

/** An event came that the state of the instance does not allow. The message says which, for users and for logs. */
public final class IllegalTransitionException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final InstanceState state;

    IllegalTransitionException(String subject, InstanceState state, InstanceEvent event, String because) {
        super(subject + " received " + event.name() + " while in " + state + because);
        this.state = state;
    }

    public InstanceState state() {
        return state;
    }
}
