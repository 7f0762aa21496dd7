/** Why an instance is not running, and what would make it run, in one sentence. Pure. */
@NullMarked
package io.tidegate.scheduler.readiness;

import org.jspecify.annotations.NullMarked;
