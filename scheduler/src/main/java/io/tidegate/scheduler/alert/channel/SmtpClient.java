package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.alert.channel.AddressGuard.ForbiddenAddressException;
import jakarta.activation.DataHandler;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends one message by SMTP on a connection of its own to an address that the guard has seen. */
final class SmtpClient {
    private static final Duration LIFE_MAX = Duration.ofSeconds(30);
    private static final String MILLIS_MAX = "10000";

    private final AddressGuard guard;
    private final SSLSocketFactory encryption;

    /** @param encryption knows whose certificates are trusted */
    SmtpClient(AddressGuard guard, SSLSocketFactory encryption) {
        this.guard = guard;
        this.encryption = encryption;
    }

    /**
     * @param trusted whether the server's own configuration names the mail server, which may then stand anywhere
     * @return what the mail server said in the end
     */
    String send(SmtpServer server, boolean trusted, List<String> to, Message message, Instant now)
            throws IOException, MessagingException, ForbiddenAddressException {
        InetAddress address = trusted ? InetAddress.getByName(server.host()) : guard.resolve(server.host());
        SSLSocketFactory atOnce = server.security() == SmtpSecurity.TLS ? encryption : null;
        Session session = Session.getInstance(properties(server), login(server));
        try (GuardedSocket connection = GuardedSocket.open(address, server.host(), server.port(), atOnce, LIFE_MAX);
                SMTPTransport transport = new SMTPTransport(
                        session, new URLName("smtp", server.host(), server.port(), null, server.user(), null))) {
            transport.connect(connection.socket());
            MimeMessage mail = mail(session, server, to, message, now);
            transport.sendMessage(mail, mail.getAllRecipients());
            return transport.getLastServerResponse().strip();
        }
    }

    private Properties properties(SmtpServer server) {
        Properties p = new Properties();
        p.setProperty("mail.smtp.host", server.host());
        p.setProperty("mail.smtp.timeout", MILLIS_MAX);
        p.setProperty("mail.smtp.writetimeout", MILLIS_MAX);
        p.setProperty("mail.smtp.localhost", "tidegate");
        p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        p.put("mail.smtp.ssl.socketFactory", encryption);
        if (server.security() == SmtpSecurity.STARTTLS) {
            p.setProperty("mail.smtp.starttls.enable", "true");
            p.setProperty("mail.smtp.starttls.required", "true");
        }
        if (server.user() != null) {
            p.setProperty("mail.smtp.auth", "true");
            p.setProperty("mail.smtp.user", server.user());
        }
        return p;
    }

    private static Authenticator login(SmtpServer server) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password());
            }
        };
    }

    private static MimeMessage mail(Session session, SmtpServer server, List<String> to, Message message, Instant now)
            throws MessagingException {
        MimeMessage mail = new WithId(session, "<" + message.id() + "@tidegate>");
        mail.setFrom(new InternetAddress(server.from(), true));
        for (String recipient : to) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(recipient, true));
        }
        mail.setSubject("[Tidegate] " + message.title(), "UTF-8");
        mail.setSentDate(Date.from(now));
        mail.setHeader("Auto-Submitted", "auto-generated");
        // Bytes, not a text: the classes that turn texts into bytes are looked up by files that other mail libraries on
        // the class path bring too.
        byte[] text = message.text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        mail.setDataHandler(new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=UTF-8")));
        mail.saveChanges();
        return mail;
    }

    /** A message with our own id, which is the same with every try. */
    private static final class WithId extends MimeMessage {
        private final String id;

        WithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
