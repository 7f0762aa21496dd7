package io.tidegate.web.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A node as the tree shows it. */
record NodeView(
        NodeId id,
        String workspace,
        String name,
        NodeType type,
        @Nullable String workflow,
        boolean root,
        long draftRevision,
        @Nullable Integer committedVersion,
        @Nullable Integer deployedVersion,
        String owner,
        Instant updatedAt,
        @Nullable Freeze freeze) {

    /** Who holds its instances back in PROD, since when and why. */
    record Freeze(String by, Instant since, String reason) {
        static @Nullable Freeze of(NodeSummary node) {
            String by = node.frozenBy();
            Instant since = node.frozenAt();
            String reason = node.frozenReason();
            return by == null || since == null ? null : new Freeze(by, since, reason == null ? "" : reason);
        }
    }

    static NodeView of(String workspace, NodeSummary node) {
        return new NodeView(
                node.id(),
                workspace,
                node.name(),
                node.type(),
                node.workflow(),
                node.root(),
                node.draftRevision(),
                node.committedVersion(),
                node.deployedVersion(),
                node.owner(),
                node.updatedAt(),
                Freeze.of(node));
    }
}
