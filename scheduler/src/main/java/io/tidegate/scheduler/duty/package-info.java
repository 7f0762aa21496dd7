/** Background chores, each with a {@code tick()} that may be called at any time, by any number of servers. */
@NullMarked
package io.tidegate.scheduler.duty;

import org.jspecify.annotations.NullMarked;
