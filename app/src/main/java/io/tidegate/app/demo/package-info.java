/** The demo: sandbox, server, and one hourly node from topic to table. */
@NullMarked
package io.tidegate.app.demo;

import org.jspecify.annotations.NullMarked;
