package io.tidegate.scheduler.user;

import io.tidegate.scheduler.Id;

/** Identity of a user. */
public record UserId(long value) implements Id {}
