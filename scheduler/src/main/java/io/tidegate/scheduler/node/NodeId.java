package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Id;

/** Identity of a node. */
public record NodeId(long value) implements Id {}
