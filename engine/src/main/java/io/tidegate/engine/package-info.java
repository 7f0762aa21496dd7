@NullMarked
package io.tidegate.engine;

import org.jspecify.annotations.NullMarked;
