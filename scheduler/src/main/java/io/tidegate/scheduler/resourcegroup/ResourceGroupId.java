package io.tidegate.scheduler.resourcegroup;

import io.tidegate.scheduler.Id;

/** Identity of a resource group. */
public record ResourceGroupId(long value) implements Id {}
