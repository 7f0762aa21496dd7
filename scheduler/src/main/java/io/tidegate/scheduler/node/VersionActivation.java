package io.tidegate.scheduler.node;

import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import org.jdbi.v3.core.Handle;

/** Makes a committed version live, in the transaction of the commit. */
@FunctionalInterface
public interface VersionActivation {
    void activate(Handle handle, Workspace workspace, Environment environment, Node node, NodeVersion version);
}
