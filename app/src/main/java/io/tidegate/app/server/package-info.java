/** The server: everything below it, opened top to bottom and closed bottom to top. */
@NullMarked
package io.tidegate.app.server;

import org.jspecify.annotations.NullMarked;
