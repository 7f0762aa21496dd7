package io.tidegate.scheduler.alert.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel's settings as a user enters them. A secret that is null keeps the value that is stored. */
public sealed interface ChannelConfig {
    /**
     * E-mail.
     *
     * @param to addresses
     * @param smtp the channel's own mail server; null for the one that the server's configuration names
     */
    record Email(List<String> to, @Nullable SmtpServer smtp) implements ChannelConfig {
        public Email {
            to = List.copyOf(to);
        }
    }

    /**
     * Anything that is sent by HTTP.
     *
     * @param url where to post; a secret as a whole, because most services put a token there
     * @param secret the key that requests are signed with; empty for none
     */
    record Hook(@Nullable String url, @Nullable String secret) implements ChannelConfig {
        @Override
        public String toString() {
            return "Hook[hidden]";
        }
    }
}
