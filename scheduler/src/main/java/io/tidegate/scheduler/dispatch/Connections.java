package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.Map;

/** How to reach the data sources that a run may name. Asked anew for each attempt, so that a new password is used. */
@FunctionalInterface
public interface Connections {
    /** By data source name; those of the one environment only. */
    Map<String, DataSourceConnection> of(WorkspaceId workspace, Environment environment);
}
