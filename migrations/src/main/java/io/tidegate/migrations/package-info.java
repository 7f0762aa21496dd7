@NullMarked
package io.tidegate.migrations;

import org.jspecify.annotations.NullMarked;
