/** Programs that measure the copy against what a bare reader and a bare writer do. */
@NullMarked
package io.tidegate.bench;

import org.jspecify.annotations.NullMarked;
