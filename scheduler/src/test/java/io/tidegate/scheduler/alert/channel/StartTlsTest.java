package io.tidegate.scheduler.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.alert.channel.StoredChannel.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail server that is greeted in the clear and then spoken to by TLS. */
class StartTlsTest {
    private static final Message MESSAGE = new Message("id-1", "orders failed", "The network broke off.", List.of());
    private static final String PASSWORD = "right-password";

    @TempDir
    Path directory;

    private static SendAnswer send(StartTlsMailServer server, SSLSocketFactory trust) {
        SmtpServer smtp = new SmtpServer(
                "localhost", server.port(), SmtpSecurity.STARTTLS, "anna", PASSWORD, "tidegate@example.com");
        ChannelSender sender = new ChannelSender(
                null,
                new AddressGuard(AddressRange.parseAll("127.0.0.0/8,::1")),
                () -> Instant.parse("2026-11-22T06:00:00Z"),
                trust);
        return sender.send(new Target(ChannelType.EMAIL, List.of("anna@example.com"), smtp, "", ""), MESSAGE);
    }

    @Test
    void login_and_message_go_over_the_encrypted_connection() throws Exception {
        try (StartTlsMailServer server = new StartTlsMailServer(directory, "dns:localhost")) {
            SendAnswer answer = send(server, server.trusting());

            assertThat(answer).isEqualTo(new SendAnswer(true, "250 2.0.0 taken"));
            assertThat(server.said)
                    .filteredOn(line -> line.startsWith("clear: "))
                    .containsExactly("clear: EHLO tidegate", "clear: STARTTLS");
            assertThat(server.said)
                    .contains(
                            "tls: EHLO tidegate",
                            "tls: Subject: [Tidegate] orders failed",
                            "tls: The network broke off.")
                    .anyMatch(line -> line.startsWith("tls: AUTH "));
        }
    }

    @Test
    void a_certificate_that_nobody_known_signed_ends_it_before_the_login() throws Exception {
        try (StartTlsMailServer server = new StartTlsMailServer(directory, "dns:localhost")) {
            SendAnswer answer = send(server, (SSLSocketFactory) SSLSocketFactory.getDefault());

            assertThat(answer.delivered()).isFalse();
            assertThat(answer.text())
                    .startsWith("Not sent: the certificate of the other side is not trusted (")
                    .endsWith("signed by an authority that Java on this server knows.");
            assertThat(server.said).containsExactly("clear: EHLO tidegate", "clear: STARTTLS");
        }
    }

    @Test
    void a_certificate_for_another_name_ends_it_before_the_login() throws Exception {
        try (StartTlsMailServer server = new StartTlsMailServer(directory, "dns:mail.example.com")) {
            SendAnswer answer = send(server, server.trusting());

            assertThat(answer.delivered()).isFalse();
            assertThat(answer.text())
                    .startsWith("Not sent: the certificate of the other side is not trusted (")
                    .contains("localhost");
            assertThat(server.said).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
        }
    }
}
