package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Id;

/** Identity of a committed node version. */
public record NodeVersionId(long value) implements Id {}
