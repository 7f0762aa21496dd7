package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.Id;

/** Identity of a workspace. */
public record WorkspaceId(long value) implements Id {}
