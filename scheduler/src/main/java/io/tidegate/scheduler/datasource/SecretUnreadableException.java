package io.tidegate.scheduler.datasource;

/** A stored secret cannot be decrypted; the message says why and what to do. */
public final class SecretUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretUnreadableException(String message) {
        super(message);
    }
}
