/** How much the scheduler plans, dispatches and lists, and how two others compare that do the same work of nothing. */
@NullMarked
package io.tidegate.bench.scale;

import org.jspecify.annotations.NullMarked;
