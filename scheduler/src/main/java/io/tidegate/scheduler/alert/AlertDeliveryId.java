package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.Id;

/** Identity of a message to one channel. */
public record AlertDeliveryId(long value) implements Id {}
