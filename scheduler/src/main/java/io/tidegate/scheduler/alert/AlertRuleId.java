package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.Id;

/** Identity of an alert rule. */
public record AlertRuleId(long value) implements Id {}
