/** Workers, over HTTP. */
@NullMarked
package io.tidegate.web.worker;

import org.jspecify.annotations.NullMarked;
