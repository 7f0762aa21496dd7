package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node.
 *
 * @param workflow the name of its workflow; null for the root node
 * @param root whether it is its workspace's root node
 * @param owner the name of the user who owns it
 */
public record Node(
        NodeId id,
        WorkspaceId workspaceId,
        @Nullable String workflow,
        String name,
        NodeType type,
        boolean root,
        String owner,
        Instant createdAt) {}
