package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A backfill.
 *
 * @param from first scheduled time, on the wall clock of {@code zone}, included
 * @param to last scheduled time, included
 * @param createdBy the user's name
 * @param counts instances in each state; every state is there
 */
public record Backfill(
        BackfillId id,
        WorkspaceId workspaceId,
        String workspace,
        String name,
        List<BackfilledNode> nodes,
        LocalDateTime from,
        LocalDateTime to,
        ZoneId zone,
        String createdBy,
        Instant createdAt,
        Map<InstanceState, Integer> counts) {

    /** How many instances it has. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A node that was chosen. */
    public record BackfilledNode(NodeId id, String name) {}
}
