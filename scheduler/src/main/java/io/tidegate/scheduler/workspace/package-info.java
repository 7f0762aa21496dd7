/** Workspaces: the room in which workflows, nodes and data sources live, and the time zone they are meant in. */
@NullMarked
package io.tidegate.scheduler.workspace;

import org.jspecify.annotations.NullMarked;
