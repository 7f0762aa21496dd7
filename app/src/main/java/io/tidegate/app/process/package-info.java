/** The life of the process: until it is asked to stop, and while it stops. */
@NullMarked
package io.tidegate.app.process;

import org.jspecify.annotations.NullMarked;
