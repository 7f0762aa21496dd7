package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;

/**
 * An attempt, and what fences it.
 *
 * @param number counted from 1 within its instance
 */
public record AttemptRef(AttemptId id, InstanceId instanceId, int number, long epoch) {}
