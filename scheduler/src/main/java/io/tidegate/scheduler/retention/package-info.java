/** How long a workspace keeps what is over, and the deletion of what it does not keep. */
@NullMarked
package io.tidegate.scheduler.retention;

import org.jspecify.annotations.NullMarked;
