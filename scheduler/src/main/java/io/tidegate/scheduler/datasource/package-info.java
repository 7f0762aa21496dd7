/** Data sources: how to reach Kafka clusters and MaxCompute projects, and what is in them. */
@NullMarked
package io.tidegate.scheduler.datasource;

import org.jspecify.annotations.NullMarked;
