/** The demo's topic: orders as a shop would send them, with the faults that real producers have. */
@NullMarked
package io.tidegate.sandbox.orders;

import org.jspecify.annotations.NullMarked;
