/** What every noun's resource needs to speak HTTP: bodies, queries, problems, and who is asking. */
@NullMarked
package io.tidegate.web.http;

import org.jspecify.annotations.NullMarked;
