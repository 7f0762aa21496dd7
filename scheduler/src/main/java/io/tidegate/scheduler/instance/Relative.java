package io.tidegate.scheduler.instance;

import java.time.LocalDateTime;

/**
 * An instance that another one waits for, or that waits for it.
 *
 * @param previous whether the edge is one to the previous cycle
 */
public record Relative(
        InstanceId id, String nodeName, LocalDateTime scheduledLocal, InstanceState state, boolean previous) {}
