/** Signing in and out, and the gate that every other request passes. */
@NullMarked
package io.tidegate.web.session;

import org.jspecify.annotations.NullMarked;
