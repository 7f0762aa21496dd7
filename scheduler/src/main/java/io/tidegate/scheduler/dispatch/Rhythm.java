package io.tidegate.scheduler.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something that is done again and again is due. A clock that is set back makes it due at once, not hours later. */
final class Rhythm {
    private final Duration every;
    private volatile @Nullable Instant done;

    Rhythm(Duration every) {
        this.every = every;
    }

    boolean dueAt(Instant now) {
        Instant last = done;
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(every));
    }

    /** What is tried in vain stays due. */
    void doneAt(Instant now) {
        done = now;
    }
}
