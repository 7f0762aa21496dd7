/** Nodes: drafts, checks, versions, previews, over HTTP. */
@NullMarked
package io.tidegate.web.node;

import org.jspecify.annotations.NullMarked;
