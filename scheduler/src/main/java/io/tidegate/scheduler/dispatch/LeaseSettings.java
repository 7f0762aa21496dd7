package io.tidegate.scheduler.dispatch;

import java.time.Duration;

/**
 * How long an attempt may be silent.
 *
 * @param length how long a lease holds without a heartbeat
 * @param heartbeat how often it is extended; well below {@code length}
 * @param lostAttemptsMax how many attempts of one generation may be lost before the instance fails: an attempt that kills
 *     its worker must not go round for ever
 */
public record LeaseSettings(Duration length, Duration heartbeat, int lostAttemptsMax) {
    public static final LeaseSettings DEFAULT = new LeaseSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), 10);

    public LeaseSettings {
        if (heartbeat.multipliedBy(2).compareTo(length) > 0) {
            throw new IllegalArgumentException(
                    "a heartbeat every %s leaves no second chance within a lease of %s".formatted(heartbeat, length));
        }
    }
}
