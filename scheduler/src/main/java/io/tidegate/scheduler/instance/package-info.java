/** One planned run of a node: its states, the events that move it, and everything that may be asked of it. */
@NullMarked
package io.tidegate.scheduler.instance;

import org.jspecify.annotations.NullMarked;
