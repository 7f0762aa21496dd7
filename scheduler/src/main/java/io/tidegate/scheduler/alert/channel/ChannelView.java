package io.tidegate.scheduler.alert.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel's settings as they may be shown. */
public sealed interface ChannelView {
    /** @param smtp null when the server's own mail server is used */
    record Email(List<String> to, @Nullable Smtp smtp) implements ChannelView {
        public Email {
            to = List.copyOf(to);
        }
    }

    /** A mail server without its password. */
    record Smtp(
            String host,
            int port,
            SmtpSecurity security,
            @Nullable String user,
            boolean passwordSet,
            String from) {}

    /** @param host of the address, all of it that is shown */
    record Hook(String host, boolean secretSet) implements ChannelView {}
}
