package io.tidegate.scheduler.instance;

/** The instance changed between the read and the write; nothing was written. Whoever gets it reads again or gives up. */
public final class StaleInstanceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleInstanceException(String message) {
        super(message);
    }
}
