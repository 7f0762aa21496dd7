package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Map;

/** A data source as it may be shown. */
public record DataSource(
        DataSourceId id,
        WorkspaceId workspaceId,
        String name,
        DataSourceType type,
        String description,
        Map<Environment, SideView> sides,
        Instant createdAt) {}
