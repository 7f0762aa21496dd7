package io.tidegate.scheduler.user;

import java.time.Duration;

/** Too many wrong passwords for one name: passwords for it are not even looked at for a while. */
public final class LoginThrottledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public LoginThrottledException(Duration retryAfter) {
        super("Too many failed logins for this name. Try again in " + Math.max(1, retryAfter.toSeconds())
                + " seconds.");
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
