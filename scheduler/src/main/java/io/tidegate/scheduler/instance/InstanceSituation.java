package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.RerunProperty;
import java.util.List;

/**
 * What an operation looks at before it is allowed.
 *
 * @param rerun what the node says of reruns
 * @param hasChildren whether an instance waits for it
 * @param unfinished parents that are no success, the first few, as people know them
 * @param unfinishedCount how many there are in all
 * @param held whether its backfill holds it back
 */
public record InstanceSituation(
        InstanceState state,
        InstanceFlags flags,
        RerunProperty rerun,
        boolean hasChildren,
        List<String> unfinished,
        int unfinishedCount,
        boolean held) {
    public InstanceSituation {
        unfinished = List.copyOf(unfinished);
    }
}
