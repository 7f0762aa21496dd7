package io.tidegate.scheduler.user;

import java.time.Instant;

/** An open session. */
public record Session(User user, String csrf, Instant expiresAt) {
    @Override
    public String toString() {
        return "Session[" + user.name() + "]";
    }
}
