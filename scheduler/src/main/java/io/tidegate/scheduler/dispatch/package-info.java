/** Workers: they claim what waits, run it under a lease, and settle how it ended. */
@NullMarked
package io.tidegate.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
