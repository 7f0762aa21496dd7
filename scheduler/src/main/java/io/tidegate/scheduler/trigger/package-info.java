/** The only package that knows Quartz. */
@NullMarked
package io.tidegate.scheduler.trigger;

import org.jspecify.annotations.NullMarked;
