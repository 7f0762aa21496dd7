package io.tidegate.web.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds how many wrong passwords one address may try, whatever the names: the scheduler throttles by name, which does not stop
 * one password being tried on many names. In memory, for each server by itself.
 */
final class AddressThrottle {
    static final int FAILURES_MAX = 30;
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int ADDRESSES_MAX = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    private record Failures(int count, Instant windowEnd) {}

    AddressThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the address has to wait; empty when it may try. */
    synchronized Optional<Duration> waitOf(String address) {
        Instant now = clock.instant();
        Failures known = byAddress.get(address);
        if (known == null || known.count() < FAILURES_MAX || !now.isBefore(known.windowEnd())) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(now, known.windowEnd()));
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        Failures known = byAddress.remove(address);
        byAddress.put(
                address,
                known != null && now.isBefore(known.windowEnd())
                        ? new Failures(known.count() + 1, known.windowEnd())
                        : new Failures(1, now.plus(WINDOW)));
        if (byAddress.size() > ADDRESSES_MAX) {
            // The one that failed longest ago stands first.
            byAddress.remove(byAddress.keySet().iterator().next());
        }
    }
}
