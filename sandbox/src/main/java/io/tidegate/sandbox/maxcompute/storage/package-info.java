/** Tables, partitions, upload sessions and rows, all in one DuckDB file. Knows nothing of HTTP. */
@NullMarked
package io.tidegate.sandbox.maxcompute.storage;

import org.jspecify.annotations.NullMarked;
