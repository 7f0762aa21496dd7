/** One synchronization from the shell, without server or database. */
@NullMarked
package io.tidegate.app.sync;

import org.jspecify.annotations.NullMarked;
