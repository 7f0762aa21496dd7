/** Server-sent events: what has changed, as it changes. */
@NullMarked
package io.tidegate.web.live;

import org.jspecify.annotations.NullMarked;
