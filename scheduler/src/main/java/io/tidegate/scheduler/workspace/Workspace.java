package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.cycle.CatchUp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A workspace.
 *
 * @param timeZone the zone in which every schedule and parameter of the workspace is meant
 * @param periodicScheduling whether instances are generated on the calendar at all
 * @param catchUp what becomes of times that passed while nothing ran, for nodes that do not say so themselves
 */
public record Workspace(
        WorkspaceId id,
        String name,
        WorkspaceMode mode,
        ZoneId timeZone,
        boolean periodicScheduling,
        CatchUp catchUp,
        Instant createdAt) {

    /** The output name of the root node, on which a node without other parents depends. */
    public String rootOutput() {
        return name + "." + rootNodeName();
    }

    public String rootNodeName() {
        return name + "_root";
    }

    public boolean has(Environment environment) {
        return mode == WorkspaceMode.STANDARD || environment == Environment.PROD;
    }

    /** When the local day that holds {@code now} began. */
    public Instant startOfDay(Instant now) {
        return LocalDate.ofInstant(now, timeZone).atStartOfDay(timeZone).toInstant();
    }

    /** When the local day after the one that holds {@code now} begins. */
    public Instant startOfNextDay(Instant now) {
        return LocalDate.ofInstant(now, timeZone)
                .plusDays(1)
                .atStartOfDay(timeZone)
                .toInstant();
    }
}
