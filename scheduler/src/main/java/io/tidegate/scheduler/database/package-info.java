/** How the scheduler speaks to PostgreSQL: ids, documents and instants as columns. */
@NullMarked
package io.tidegate.scheduler.database;

import org.jspecify.annotations.NullMarked;
