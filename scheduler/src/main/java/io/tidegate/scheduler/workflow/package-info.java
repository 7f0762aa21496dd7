/** Workflows: groups of nodes in the tree. */
@NullMarked
package io.tidegate.scheduler.workflow;

import org.jspecify.annotations.NullMarked;
