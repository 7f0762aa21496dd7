/** Running a range of scheduled times that has passed, or is still to come, at once. */
@NullMarked
package io.tidegate.scheduler.backfill;

import org.jspecify.annotations.NullMarked;
