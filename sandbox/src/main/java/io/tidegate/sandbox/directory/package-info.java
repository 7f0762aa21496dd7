@NullMarked
package io.tidegate.sandbox.directory;

import org.jspecify.annotations.NullMarked;
