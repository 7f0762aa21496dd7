package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.Instance;

/**
 * An instance that waits for a slot.
 *
 * @param position 1 for the one that is claimed next
 */
public record QueuedInstance(int position, Instance instance) {}
