/** People who log in, and their sessions. */
@NullMarked
package io.tidegate.scheduler.user;

import org.jspecify.annotations.NullMarked;
