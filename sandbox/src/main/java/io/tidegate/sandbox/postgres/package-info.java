@NullMarked
package io.tidegate.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
