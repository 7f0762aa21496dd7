@NullMarked
package io.tidegate.scheduler.alert;

import org.jspecify.annotations.NullMarked;
