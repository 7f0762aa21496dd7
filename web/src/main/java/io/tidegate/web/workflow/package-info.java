/** Workflows, over HTTP. */
@NullMarked
package io.tidegate.web.workflow;

import org.jspecify.annotations.NullMarked;
