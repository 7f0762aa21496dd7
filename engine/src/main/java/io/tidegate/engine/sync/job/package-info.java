@NullMarked
package io.tidegate.engine.sync.job;

import org.jspecify.annotations.NullMarked;
