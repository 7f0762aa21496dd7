/** Scheduling parameters: expressions over the business date and the scheduled time, and placeholders in code. Pure. */
@NullMarked
package io.tidegate.scheduler.parameter;

import org.jspecify.annotations.NullMarked;
