package io.tidegate.scheduler.authoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. */
final class SettableClock implements InstantSource {
    private volatile Instant now;

    SettableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void set(String time) {
        now = Instant.parse(time);
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
