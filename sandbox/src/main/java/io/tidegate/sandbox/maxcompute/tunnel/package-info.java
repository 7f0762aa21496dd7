/** The Tunnel: record streams in and out, sessions and their faults. */
@NullMarked
package io.tidegate.sandbox.maxcompute.tunnel;

import org.jspecify.annotations.NullMarked;
