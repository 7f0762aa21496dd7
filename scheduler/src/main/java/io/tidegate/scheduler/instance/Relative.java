package io.tidegate.scheduler.instance;

import java.time.LocalDateTime;

/** A parent or child of an instance. */
public record Relative(InstanceId id, String nodeName, LocalDateTime scheduledLocal, InstanceState state) {}
