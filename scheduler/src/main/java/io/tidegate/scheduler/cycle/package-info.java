/** When a node runs: cycles, their scheduled times through clock changes, and which of a parent's times a child waits for. Pure. */
@NullMarked
package io.tidegate.scheduler.cycle;

import org.jspecify.annotations.NullMarked;
