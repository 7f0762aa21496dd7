package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;

/**
 * A node that is to be made.
 *
 * @param workflow the name of the workflow it is put in
 * @param name letters, digits, underscores and periods, at most 128, unique in the workspace
 */
public record NewNode(String workflow, String name, NodeType type) {}
