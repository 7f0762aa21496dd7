/** Tests of what happens before anything runs: users, workspaces, data sources, nodes and deployments. */
@NullMarked
package io.tidegate.scheduler.authoring;

import org.jspecify.annotations.NullMarked;
