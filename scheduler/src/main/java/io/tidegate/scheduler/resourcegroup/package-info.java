/** Named pools of slots. */
@NullMarked
package io.tidegate.scheduler.resourcegroup;

import org.jspecify.annotations.NullMarked;
