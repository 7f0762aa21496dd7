/** Who changed what. */
@NullMarked
package io.tidegate.scheduler.audit;

import org.jspecify.annotations.NullMarked;
