/** Alerts over HTTP: channels, rules, and what was raised. */
@NullMarked
package io.tidegate.web.alert;

import org.jspecify.annotations.NullMarked;
