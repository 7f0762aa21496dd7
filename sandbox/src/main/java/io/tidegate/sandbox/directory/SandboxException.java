package io.tidegate.sandbox.directory;

/** A server of the sandbox does not start or stop as it should; the message says what to do about it. */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
