/** What is worth an alert, when it is raised, and how it gets to the people who asked for it. */
@NullMarked
package io.tidegate.scheduler.alert;

import org.jspecify.annotations.NullMarked;
