/** The files of the browser application. */
@NullMarked
package io.tidegate.web.ui;

import org.jspecify.annotations.NullMarked;
