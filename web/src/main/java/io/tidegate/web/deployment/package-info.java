/** Deployments, over HTTP. */
@NullMarked
package io.tidegate.web.deployment;

import org.jspecify.annotations.NullMarked;
