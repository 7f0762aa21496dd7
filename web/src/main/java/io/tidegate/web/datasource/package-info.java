/** Data sources and what is in them, over HTTP. */
@NullMarked
package io.tidegate.web.datasource;

import org.jspecify.annotations.NullMarked;
