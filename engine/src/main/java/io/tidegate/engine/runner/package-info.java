@NullMarked
package io.tidegate.engine.runner;

import org.jspecify.annotations.NullMarked;
