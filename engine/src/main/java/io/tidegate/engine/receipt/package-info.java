@NullMarked
package io.tidegate.engine.receipt;

import org.jspecify.annotations.NullMarked;
