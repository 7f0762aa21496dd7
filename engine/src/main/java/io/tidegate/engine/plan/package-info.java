@NullMarked
package io.tidegate.engine.plan;

import org.jspecify.annotations.NullMarked;
