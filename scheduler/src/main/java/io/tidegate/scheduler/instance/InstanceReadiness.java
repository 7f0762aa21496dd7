package io.tidegate.scheduler.instance;

import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why an instance is not running and what would make it run. */
public final class InstanceReadiness {
    private final InstantSource clock;

    public InstanceReadiness(InstantSource clock) {
        this.clock = clock;
    }

    /** Null when it is over. */
    @Nullable String sentence(Handle handle, Instance instance) {
        return instance.state() + " at " + clock.instant();
    }
}
