package io.tidegate.engine.plan;

import java.util.List;

/**
 * A plan and what the user should know about it.
 *
 * @param notes one sentence each: why the plan reads more than one would think, or less
 */
public record PlannedRead(OffsetPlan plan, List<String> notes) {
    public PlannedRead {
        notes = List.copyOf(notes);
    }
}
