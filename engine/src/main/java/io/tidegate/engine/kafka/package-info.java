@NullMarked
package io.tidegate.engine.kafka;

import org.jspecify.annotations.NullMarked;
