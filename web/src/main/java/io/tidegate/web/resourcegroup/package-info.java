/** Resource groups, over HTTP. */
@NullMarked
package io.tidegate.web.resourcegroup;

import org.jspecify.annotations.NullMarked;
