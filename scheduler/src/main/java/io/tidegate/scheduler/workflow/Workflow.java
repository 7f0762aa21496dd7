package io.tidegate.scheduler.workflow;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;

/** A group of nodes. */
public record Workflow(
        WorkflowId id, WorkspaceId workspaceId, String name, String description, String createdBy, Instant createdAt) {}
