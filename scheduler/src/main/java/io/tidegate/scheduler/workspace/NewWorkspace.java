package io.tidegate.scheduler.workspace;

import java.time.ZoneId;

/**
 * A workspace that is to be made.
 *
 * @param name starts with a letter; letters, digits and underscores; at most 64
 */
public record NewWorkspace(String name, WorkspaceMode mode, ZoneId timeZone) {}
