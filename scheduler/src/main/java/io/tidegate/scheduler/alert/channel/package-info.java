/** Where alerts are sent: channels, what each service wants to be sent, and a client that reaches only what it may. */
@NullMarked
package io.tidegate.scheduler.alert.channel;

import org.jspecify.annotations.NullMarked;
