package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.Id;

/** Identity of an alert channel. */
public record AlertChannelId(long value) implements Id {}
