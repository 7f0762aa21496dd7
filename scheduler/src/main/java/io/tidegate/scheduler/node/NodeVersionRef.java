package io.tidegate.scheduler.node;

/** A version of a node, as a user names it. */
public record NodeVersionRef(NodeId nodeId, int version) {}
