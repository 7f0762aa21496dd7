@NullMarked
package io.tidegate.engine.mapping;

import org.jspecify.annotations.NullMarked;
