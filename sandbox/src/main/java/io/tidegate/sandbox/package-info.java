@NullMarked
package io.tidegate.sandbox;

import org.jspecify.annotations.NullMarked;
