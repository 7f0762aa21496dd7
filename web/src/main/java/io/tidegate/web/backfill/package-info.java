/** Backfills, over HTTP. */
@NullMarked
package io.tidegate.web.backfill;

import org.jspecify.annotations.NullMarked;
