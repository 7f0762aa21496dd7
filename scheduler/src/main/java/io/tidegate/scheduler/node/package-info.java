/** Nodes: drafts, the checks on them, and the versions that commits make. */
@NullMarked
package io.tidegate.scheduler.node;

import org.jspecify.annotations.NullMarked;
