package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.alert.AlertCondition;
import io.tidegate.scheduler.alert.channel.AddressGuard;
import io.tidegate.scheduler.alert.channel.AlertChannel;
import io.tidegate.scheduler.alert.channel.AlertChannels.TestResult;
import io.tidegate.scheduler.alert.channel.ChannelConfig;
import io.tidegate.scheduler.alert.channel.ChannelType;
import io.tidegate.scheduler.alert.channel.SmtpSecurity;
import io.tidegate.scheduler.alert.channel.SmtpServer;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class AlertMailTest {
    private final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });
    private final AlertWorld world;

    AlertMailTest() {
        mail.start();
        world = new AlertWorld(server(SmtpSecurity.NONE, null, null));
    }

    @AfterEach
    void close() {
        world.close();
        mail.stop();
    }

    private SmtpServer server(SmtpSecurity security, @Nullable String user, @Nullable String password) {
        int port = security == SmtpSecurity.TLS
                ? mail.getSmtps().getPort()
                : mail.getSmtp().getPort();
        return new SmtpServer("127.0.0.1", port, security, user, password, "tidegate@example.com");
    }

    private AlertChannel channel(@Nullable SmtpServer smtp, String... to) {
        return world.channels.create(
                world.world.workspace.id(),
                "mail",
                ChannelType.EMAIL,
                new ChannelConfig.Email(List.of(to), smtp),
                world.world.anna);
    }

    @Test
    void an_alert_arrives_as_plain_text_with_an_id_of_its_own() throws Exception {
        world.hourlyNode();
        world.rule(new AlertCondition.Failed(), channel(null, "anna@example.com", "boris@example.com"));
        world.fails("10:00", false);
        world.events.tick();
        world.delivery.tick();

        MimeMessage[] received = mail.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("[Tidegate] orders failed, and no attempt follows");
        assertThat(received[0].getContentType()).startsWith("text/plain");
        assertThat(received[0].getHeader("From")).containsExactly("tidegate@example.com");
        assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        String id = world.onlyDelivery(world.raised().get(0)).messageId();
        assertThat(received[0].getMessageID()).isEqualTo("<" + id + "@tidegate>");
        assertThat(received[0].getSentDate()).isEqualTo("2022-11-22T02:00:00Z");
        String text = new String(received[0].getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("Attempt 1 failed: the network broke off.")
                .contains("\r\nNode: orders (MAXCOMPUTE_SQL, workflow copies)\r\n")
                .contains("https://tidegate.example.com/w/shop/ops/instances/");
        assertThat(world.raised().get(0).delivered()).isEqualTo(1);
    }

    @Test
    void a_test_says_what_the_mail_server_said() {
        AlertChannel channel = channel(null, "anna@example.com");

        TestResult good = world.channels.test(channel.id(), world.world.anna);
        mail.stop();
        TestResult bad = world.channels.test(channel.id(), world.world.anna);

        assertThat(good.delivered()).isTrue();
        assertThat(good.answer()).startsWith("250");
        assertThat(bad.delivered()).isFalse();
        assertThat(bad.answer()).startsWith("Not sent: ");
        assertThat(world.world.number("SELECT count(*) FROM audit_entry WHERE action = 'alert_channel.test'"))
                .isEqualTo(2);
    }

    @Test
    void a_certificate_that_nobody_signed_is_refused_before_the_password_is_sent() {
        mail.setUser("anna", "right-password");
        TestResult result = world.channels.test(
                channel(server(SmtpSecurity.TLS, "anna", "right-password"), "anna@example.com").id(), world.world.anna);

        assertThat(result.delivered()).isFalse();
        assertThat(result.answer()).contains("certif").doesNotContain("right-password");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_mail_server_without_starttls_is_refused_where_it_is_wanted() {
        TestResult result = world.channels.test(
                channel(server(SmtpSecurity.STARTTLS, "anna", "right-password"), "anna@example.com").id(),
                world.world.anna);

        assertThat(result.delivered()).isFalse();
        assertThat(result.answer()).contains("STARTTLS");
    }

    @Test
    void addresses_and_servers_that_cannot_be_meant_are_refused_at_once() {
        for (String address : List.of("", "anna", "a@b\r\nBcc: x@y", "a@b, c@d", "Anna <a@b.c>", "a b@c.d")) {
            assertThatThrownBy(() -> channel(null, address)).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> channel(server(SmtpSecurity.NONE, "anna", "x"), "a@b.c"))
                .hasMessageContaining("in the clear");
        assertThatThrownBy(() -> channel(server(SmtpSecurity.TLS, "anna", null), "a@b.c"))
                .hasMessageContaining("no password");
        // The channel's own server is looked at; that of the configuration may stand anywhere.
        var strict = world.channels(server(SmtpSecurity.NONE, null, null), new AddressGuard(List.of()));
        assertThatThrownBy(() -> strict.create(
                        world.world.workspace.id(),
                        "own",
                        ChannelType.EMAIL,
                        new ChannelConfig.Email(List.of("a@b.c"), server(SmtpSecurity.NONE, null, null)),
                        world.world.anna))
                .hasMessageContaining("private network");
        AlertChannel trusted = strict.create(
                world.world.workspace.id(),
                "trusted",
                ChannelType.EMAIL,
                new ChannelConfig.Email(List.of("a@b.c"), null),
                world.world.anna);
        assertThat(strict.test(trusted.id(), world.world.anna).delivered()).isTrue();
    }
}
