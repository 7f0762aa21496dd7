package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.Instance;
import java.time.Instant;

/**
 * An instance that has a slot.
 *
 * @param worker who runs it
 * @param since when the attempt began
 * @param leaseUntil until when the worker has promised to report
 */
public record SlotHolder(Instance instance, String worker, Instant since, Instant leaseUntil) {}
