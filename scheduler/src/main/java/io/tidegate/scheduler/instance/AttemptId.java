package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.Id;

/** Identity of an attempt. */
public record AttemptId(long value) implements Id {}
