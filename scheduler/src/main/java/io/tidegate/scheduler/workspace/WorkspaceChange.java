package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.cycle.CatchUp;
import org.jspecify.annotations.Nullable;

/**
 * What is to change about a workspace; null leaves as it is.
 *
 * @param periodicScheduling whether instances are generated on the calendar
 * @param catchUp what becomes of times that passed while nothing ran, for nodes that do not say so themselves
 * @param planMissed when periodic scheduling is switched on again: whether the times since it was switched off are generated
 *     as well, and treated as the catch-up policies say; else generation goes on from now
 */
public record WorkspaceChange(
        @Nullable Boolean periodicScheduling,
        @Nullable CatchUp catchUp,
        @Nullable Boolean planMissed) {}
