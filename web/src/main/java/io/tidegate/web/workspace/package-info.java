/** Workspaces, over HTTP. */
@NullMarked
package io.tidegate.web.workspace;

import org.jspecify.annotations.NullMarked;
