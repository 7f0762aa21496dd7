package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Takes back planned instances of a node whose live version changes. Called in the transaction of the change. */
@FunctionalInterface
public interface InstanceReplanner {
    /**
     * Removes the cycle instances that have not started and whose scheduled time is {@code from} or later. The planner
     * generates them anew: {@code planned_until} of the node is set back to {@code from} in the same transaction.
     */
    void removeUnstarted(Handle handle, Environment environment, NodeId node, Instant from);
}
