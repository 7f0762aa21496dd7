@NullMarked
package io.tidegate.engine.sync;

import org.jspecify.annotations.NullMarked;
