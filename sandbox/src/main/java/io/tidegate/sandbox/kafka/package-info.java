@NullMarked
package io.tidegate.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
