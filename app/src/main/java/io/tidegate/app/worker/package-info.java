/** What runs attempts: in the server, or in programs of its own on other machines. */
@NullMarked
package io.tidegate.app.worker;

import org.jspecify.annotations.NullMarked;
