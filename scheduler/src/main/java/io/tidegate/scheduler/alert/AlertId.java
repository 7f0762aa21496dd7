package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.Id;

/** Identity of an alert that was raised. */
public record AlertId(long value) implements Id {}
