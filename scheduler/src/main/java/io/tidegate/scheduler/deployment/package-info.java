/** What is live in which environment, and the deployments that make it so. */
@NullMarked
package io.tidegate.scheduler.deployment;

import org.jspecify.annotations.NullMarked;
