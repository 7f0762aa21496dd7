package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.node.NodeId;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backfill that is to be made.
 *
 * @param name null for one that tells nodes and time
 * @param nodes deployed in PROD; instances wait for each other as the nodes do
 * @param from first scheduled time, on the workspace's wall clock, included
 * @param to last scheduled time, included
 */
public record NewBackfill(@Nullable String name, List<NodeId> nodes, LocalDateTime from, LocalDateTime to) {
    public NewBackfill {
        nodes = List.copyOf(nodes);
    }
}
