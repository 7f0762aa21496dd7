/** What can be set, and where it is read from. */
@NullMarked
package io.tidegate.app.config;

import org.jspecify.annotations.NullMarked;
