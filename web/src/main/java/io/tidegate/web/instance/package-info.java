/** Instances, their attempts, logs and live changes, over HTTP. */
@NullMarked
package io.tidegate.web.instance;

import org.jspecify.annotations.NullMarked;
