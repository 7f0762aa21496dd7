package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.Id;

/** Identity of an instance. */
public record InstanceId(long value) implements Id {}
