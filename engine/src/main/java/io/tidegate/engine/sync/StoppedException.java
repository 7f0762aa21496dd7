package io.tidegate.engine.sync;

/** The user, or the server that is shutting down, asked the attempt to stop. */
final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;
}
