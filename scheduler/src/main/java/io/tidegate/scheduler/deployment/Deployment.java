package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions that went live in PROD together. */
public record Deployment(DeploymentId id, String note, String deployedBy, Instant deployedAt, List<Item> items) {
    public Deployment {
        items = List.copyOf(items);
    }

    /**
     * One of the versions.
     *
     * @param previousVersion what was live before, or null
     */
    public record Item(
            NodeId nodeId,
            String nodeName,
            int version,
            @Nullable Integer previousVersion) {}
}
