package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.alert.channel.AddressGuard.ForbiddenAddressException;
import io.tidegate.scheduler.alert.channel.StoredChannel.Target;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sends messages through channels. A failure is an answer, not an exception, and no answer holds a secret. */
public final class ChannelSender {
    private static final int ANSWER_CHARACTERS_MAX = 300;
    private static final int SECRET_CHARACTERS_MIN = 4;

    private final @Nullable SmtpServer mailServer;
    private final HttpPost http;
    private final SmtpClient smtp;
    private final InstantSource clock;

    /** @param mailServer for channels that name none; null when there is none */
    public ChannelSender(@Nullable SmtpServer mailServer, AddressGuard guard, InstantSource clock) {
        this(mailServer, guard, clock, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** For tests: with certificates of their own. */
    ChannelSender(
            @Nullable SmtpServer mailServer, AddressGuard guard, InstantSource clock, SSLSocketFactory encryption) {
        this.mailServer = mailServer;
        this.http = new HttpPost(guard, encryption);
        this.smtp = new SmtpClient(guard, encryption);
        this.clock = clock;
    }

    /** Blocks for as long as the other side takes, half a minute at most. */
    SendAnswer send(Target target, Message message) {
        try {
            return target.type() == ChannelType.EMAIL ? mail(target, message) : post(target, message);
        } catch (ForbiddenAddressException e) {
            return SendAnswer.refused(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return SendAnswer.refused("The host has no address. Look at its name, and at the server's name service.");
        } catch (SocketTimeoutException e) {
            return SendAnswer.refused("The other side did not answer in time.");
        } catch (AuthenticationFailedException e) {
            return SendAnswer.refused("The mail server refused the login. Look at user and password.");
        } catch (IOException | MessagingException e) {
            Throwable deepest = deepest(e);
            return SendAnswer.refused(
                    hide(isAboutCertificates(deepest) ? distrusted(deepest) : "Not sent: " + reason(deepest), target));
        }
    }

    private SendAnswer mail(Target target, Message message)
            throws IOException, MessagingException, ForbiddenAddressException {
        SmtpServer own = target.smtp();
        SmtpServer server = own == null ? mailServer : own;
        if (server == null) {
            return SendAnswer.refused(
                    "No mail server is known. Give the channel one, or let an administrator of the server set"
                            + " smtp.host.");
        }
        return new SendAnswer(
                true, hide(smtp.send(server, own == null, target.to(), message, clock.instant()), target));
    }

    private SendAnswer post(Target target, Message message) throws IOException, ForbiddenAddressException {
        Payload payload = Payload.of(target.type(), target.url(), target.secret(), message, clock.instant());
        HttpPost.Response response = http.send(payload.url(), payload.headers(), payload.body());
        boolean redirect = response.status() >= 300 && response.status() < 400;
        String answer = "HTTP " + response.status() + (redirect ? ", a redirect, which is not followed. " : ". ")
                + response.body();
        return new SendAnswer(Payload.taken(target.type(), response), hide(answer, target));
    }

    private static Throwable deepest(Exception e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static boolean isAboutCertificates(Throwable deepest) {
        return deepest instanceof CertPathBuilderException
                || deepest instanceof CertPathValidatorException
                || deepest instanceof CertificateException;
    }

    private static String distrusted(Throwable why) {
        return "Not sent: the certificate of the other side is not trusted (" + reason(why)
                + "). It must be for the name of the host, and signed by an authority that Java on this server knows.";
    }

    private static String reason(Throwable deepest) {
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    /** Services repeat what they were asked; tokens must not come to stand in the record of a delivery. */
    private String hide(String answer, Target target) {
        String hidden = answer;
        for (String secret : secrets(target)) {
            if (secret.length() >= SECRET_CHARACTERS_MIN) {
                hidden = hidden.replaceAll("(?i)" + Pattern.quote(secret), "•••");
            }
        }
        return PlainText.line(hidden, ANSWER_CHARACTERS_MAX);
    }

    private List<String> secrets(Target target) {
        SmtpServer fallback = mailServer;
        List<String> all = new ArrayList<>(target.secrets());
        if (fallback != null) {
            all.addAll(fallback.secrets());
        }
        return all;
    }
}
