package io.tidegate.scheduler.instance;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A deployed node, with what its instances are generated from.
 *
 * @param workflowId null for the root node
 * @param zone of its workspace
 */
public record RunnableNode(
        Environment environment,
        WorkspaceId workspaceId,
        NodeId nodeId,
        @Nullable WorkflowId workflowId,
        String name,
        NodeType type,
        NodeVersionId nodeVersionId,
        NodeDocument document,
        ZoneId zone) {

    /** The pool its attempts take their slots in. */
    String resourceGroup() {
        return switch (type) {
            case BATCH_SYNC -> document.resourceGroups().dataIntegration();
            case MAXCOMPUTE_SQL, VIRTUAL -> document.resourceGroups().scheduling();
        };
    }

    int autoReruns() {
        return autoReruns(document.rerun());
    }

    static int autoReruns(RerunPolicy policy) {
        return policy.autoRerun() && policy.property() != RerunProperty.DENIED ? policy.count() : 0;
    }
}
