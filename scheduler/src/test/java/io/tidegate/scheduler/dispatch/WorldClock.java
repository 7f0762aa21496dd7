package io.tidegate.scheduler.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;

/** Stands still until it is moved. */
final class WorldClock implements InstantSource {
    private volatile Instant now = local("2022-11-22T10:00");

    /** In the zone of {@link World}. */
    static Instant local(String text) {
        return LocalDateTime.parse(text).atZone(World.ZONE).toInstant();
    }

    void setLocal(String text) {
        now = local(text);
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
