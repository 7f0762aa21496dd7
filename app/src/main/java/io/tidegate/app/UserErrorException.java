package io.tidegate.app;

/** The user asked for something that cannot be; shown as one message without a stack trace, exit code 2. */
public final class UserErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserErrorException(String message) {
        super(message);
    }
}
