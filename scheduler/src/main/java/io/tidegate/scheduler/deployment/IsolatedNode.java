package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A deployed node that hangs on nothing, or on something that is not there.
 *
 * @param parent the node or the output that is missed; null when it has no parent at all
 */
public record IsolatedNode(
        NodeId nodeId,
        String nodeName,
        Reason reason,
        @Nullable String parent) {

    /** What is wrong with it. */
    public enum Reason {
        /** It depends on no other node, not even on the root node. */
        NO_PARENT,
        /** A node that it depends on is not deployed, and is not waited for. */
        PARENT_NOT_DEPLOYED,
        /** It names an output that no live node has any more. Its parent is still waited for; a commit would be refused. */
        OUTPUT_GONE
    }
}
