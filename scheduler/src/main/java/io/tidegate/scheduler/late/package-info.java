/** The late ledger: records that were found after their window had been copied, and what becomes of them. */
@NullMarked
package io.tidegate.scheduler.late;

import org.jspecify.annotations.NullMarked;
