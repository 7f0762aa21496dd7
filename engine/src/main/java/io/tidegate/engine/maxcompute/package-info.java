@NullMarked
package io.tidegate.engine.maxcompute;

import org.jspecify.annotations.NullMarked;
