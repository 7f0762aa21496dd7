/** MaxCompute SQL on DuckDB: tokens, statements, rewriting, errors with line and column. */
@NullMarked
package io.tidegate.sandbox.maxcompute.sql;

import org.jspecify.annotations.NullMarked;
