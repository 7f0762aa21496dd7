package io.tidegate.scheduler.alert.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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

    /** What must not be repeated to anybody: the password, as it is and as logins send it. */
    List<String> secrets() {
        if (password == null || password.isEmpty()) {
            return List.of();
        }
        return List.of(password, base64(password), base64("\0" + user + "\0" + password));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SmtpServer[" + host + ":" + port + "]";
    }
}
