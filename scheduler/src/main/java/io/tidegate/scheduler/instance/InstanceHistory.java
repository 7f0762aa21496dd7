package io.tidegate.scheduler.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an instance's history.
 *
 * @param fromState null when it was generated
 * @param cause the event's name, as {@code ParentsDone}
 * @param actor a user's name, or the part of Tidegate that acted
 * @param detail one sentence; empty when the event says it all
 */
public record InstanceHistory(
        long id,
        Instant at,
        @Nullable InstanceState fromState,
        InstanceState toState,
        String cause,
        String actor,
        long epoch,
        String detail) {}
