package io.tidegate.scheduler.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A worker as it last reported.
 *
 * @param id of this start of the program
 * @param slots how many attempts it runs at once
 * @param resourceGroups names of those it serves; empty for all
 * @param running attempts it ran when it reported
 * @param draining it claims no more, because it was asked to stop
 * @param heartbeatAt when it reported
 * @param aliveUntil until when it counts as alive without another report
 */
public record WorkerReport(
        UUID id,
        String name,
        String host,
        String version,
        int slots,
        List<String> resourceGroups,
        int running,
        boolean draining,
        Instant startedAt,
        Instant heartbeatAt,
        Instant aliveUntil) {

    /** What can be said of it without asking it. */
    public enum State {
        /** It claims what waits. */
        LIVE,
        /** It ends what it runs and takes nothing new. */
        DRAINING,
        /** It has not reported in time: it was killed, hangs, or does not reach the database. */
        SILENT
    }

    public WorkerReport {
        resourceGroups = List.copyOf(resourceGroups);
    }

    /** Whether it claims from a resource group. */
    public boolean serves(String group) {
        return resourceGroups.isEmpty() || resourceGroups.contains(group);
    }

    public State stateAt(Instant now) {
        if (!now.isBefore(aliveUntil)) {
            return State.SILENT;
        }
        return draining ? State.DRAINING : State.LIVE;
    }
}
