package io.tidegate.scheduler.alert.channel;

import org.jspecify.annotations.Nullable;

/**
 * A mail server and how to log in.
 *
 * @param port 1 to 65535
 * @param user null for no login
 * @param password null in a request to keep what is stored, or when there is no login
 * @param from the sender's address
 */
public record SmtpServer(
        String host,
        int port,
        SmtpSecurity security,
        @Nullable String user,
        @Nullable String password,
        String from) {

    @Override
    public String toString() {
        return "SmtpServer[" + host + ":" + port + "]";
    }
}
