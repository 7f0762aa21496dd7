package io.tidegate.scheduler;

/** Somebody or something else was faster: the state that the caller had seen is no longer the state. */
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }
}
