package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceFounding;
import org.jdbi.v3.core.Handle;

/** Gives a new workspace its root node, live in every environment it has. */
public final class RootNodes implements WorkspaceFounding {
    private final LiveNodes liveNodes;

    public RootNodes(LiveNodes liveNodes) {
        this.liveNodes = liveNodes;
    }

    @Override
    public void founded(Handle handle, Workspace workspace, UserId by) {
        Nodes.Root root = Nodes.createRoot(handle, workspace, by);
        for (Environment environment : Environment.values()) {
            if (workspace.has(environment)) {
                liveNodes.activate(handle, workspace, environment, root.node(), root.version());
            }
        }
    }
}
