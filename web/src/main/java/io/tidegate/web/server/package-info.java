/** The server itself: its health and the description of its API, over HTTP. */
@NullMarked
package io.tidegate.web.server;

import org.jspecify.annotations.NullMarked;
