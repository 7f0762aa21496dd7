package io.tidegate.engine;

/** The attempt lost its lease: another one may be running, so this one must stop without a trace. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
