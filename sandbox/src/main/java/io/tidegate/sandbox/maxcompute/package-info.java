/** A local MaxCompute: what the official Java SDK needs of the service, on loopback. */
@NullMarked
package io.tidegate.sandbox.maxcompute;

import org.jspecify.annotations.NullMarked;
