package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.user.UserId;
import org.jdbi.v3.core.Handle;

/** What a new workspace is furnished with, in the transaction that makes it: its root node. */
@FunctionalInterface
public interface WorkspaceFounding {
    void founded(Handle handle, Workspace workspace, UserId by);
}
