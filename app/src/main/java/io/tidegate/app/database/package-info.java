/** The connection to PostgreSQL that a program opens at its start. */
@NullMarked
package io.tidegate.app.database;

import org.jspecify.annotations.NullMarked;
