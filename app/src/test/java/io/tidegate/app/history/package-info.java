/** What is true of a history of instances, whatever was done to the programs that made it. */
@NullMarked
package io.tidegate.app.history;

import org.jspecify.annotations.NullMarked;
