package io.tidegate.scheduler.deployment;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node whose newest version is not live in PROD.
 *
 * @param deployedVersion what is live there, or null
 */
public record DeploymentCandidate(
        NodeId nodeId,
        String nodeName,
        NodeType type,
        int version,
        @Nullable Integer deployedVersion,
        String note,
        String committedBy,
        Instant committedAt) {}
