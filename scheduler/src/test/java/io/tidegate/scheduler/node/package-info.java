/** What a node's document means at its scheduled times. */
@NullMarked
package io.tidegate.scheduler.node;

import org.jspecify.annotations.NullMarked;
