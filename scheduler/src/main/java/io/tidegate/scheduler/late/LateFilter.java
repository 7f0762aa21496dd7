package io.tidegate.scheduler.late;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the ledger are asked for.
 *
 * @param node null for all
 * @param openOnly only what is in no partition of the warehouse: {@link LateState#MISSING} and {@link LateState#NO_WINDOW}
 */
public record LateFilter(Environment environment, @Nullable NodeId node, boolean openOnly) {}
