@NullMarked
package io.tidegate.scheduler.alert.channel;

import org.jspecify.annotations.NullMarked;
