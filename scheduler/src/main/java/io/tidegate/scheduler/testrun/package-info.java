/** A node run by hand, before it is deployed: an instance of origin TEST where commits are live, with parents and children of none. */
@NullMarked
package io.tidegate.scheduler.testrun;

import org.jspecify.annotations.NullMarked;
