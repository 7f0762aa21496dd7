package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node in the tree.
 *
 * @param committedVersion the newest version, or null when it was never committed
 * @param deployedVersion the version that is live in PROD, or null
 * @param updatedAt when the draft was last saved
 * @param frozenBy who holds its instances back in PROD; null when nobody does, as are time and reason then
 */
public record NodeSummary(
        NodeId id,
        String name,
        NodeType type,
        @Nullable String workflow,
        boolean root,
        long draftRevision,
        @Nullable Integer committedVersion,
        @Nullable Integer deployedVersion,
        String owner,
        Instant updatedAt,
        @Nullable String frozenBy,
        @Nullable Instant frozenAt,
        @Nullable String frozenReason) {}
