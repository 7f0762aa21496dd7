package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.alert.channel.AddressGuard.ForbiddenAddressException;
import io.tidegate.scheduler.alert.channel.StoredChannel.Target;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a channel, found before it is stored. */
final class ChannelChecks {
    private static final int RECIPIENTS_MAX = 50;
    private static final int TEXT_CHARACTERS_MAX = 2_000;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    // No comma: it separates the stored ones. No display name: the address alone is shown and checked.
    private static final Pattern ADDRESS = Pattern.compile("[^\\s,<>\"]+@[^\\s,<>\"]+");

    private final AddressGuard guard;
    private final @Nullable SmtpServer mailServer;
    private final List<Finding> findings = new ArrayList<>();

    ChannelChecks(AddressGuard guard, @Nullable SmtpServer mailServer) {
        this.guard = guard;
        this.mailServer = mailServer;
    }

    List<Finding> of(ChannelType type, ChannelConfig entered, Target target) {
        if (entered instanceof ChannelConfig.Email email) {
            checkEmail(email, target);
        } else {
            checkHook(type, target);
        }
        return List.copyOf(findings);
    }

    private void checkEmail(ChannelConfig.Email email, Target target) {
        if (email.to().isEmpty() || email.to().size() > RECIPIENTS_MAX) {
            error("/config/to", "An e-mail channel has 1 to 50 recipients.", "Write the addresses.");
        }
        for (int i = 0; i < email.to().size(); i++) {
            checkAddress("/config/to/" + i, email.to().get(i));
        }
        SmtpServer smtp = target.smtp();
        if (smtp == null) {
            if (mailServer == null) {
                error(
                        "/config/smtp",
                        "The server has no mail server of its own.",
                        "Give the channel one, or let an administrator of the server set smtp.host.");
            }
            return;
        }
        checkAddress("/config/smtp/from", smtp.from());
        if (smtp.port() < 1 || smtp.port() > 65_535) {
            error(
                    "/config/smtp/port",
                    smtp.port() + " is no port.",
                    "Write 587, 465 or 25, as the mail server has it.");
        }
        if (smtp.user() != null && smtp.password() == null) {
            error(
                    "/config/smtp/password",
                    "The login has no password; a stored one is kept only for the same server, port, security and"
                            + " user.",
                    "Enter the password, or leave the user out.");
        }
        if (smtp.user() != null && smtp.security() == SmtpSecurity.NONE) {
            error(
                    "/config/smtp/security",
                    "The password would be sent in the clear.",
                    "Choose STARTTLS or TLS, or leave the login out.");
        }
        if (!HOST.matcher(smtp.host()).matches()) {
            error("/config/smtp/host", "This is no name of a host.", "Write it as smtp.example.com.");
        } else {
            checkReach("/config/smtp/host", smtp.host());
        }
    }

    private void checkAddress(String field, String address) {
        try {
            new InternetAddress(address, true).validate();
            if (ADDRESS.matcher(address).matches() && address.length() <= 254) {
                return;
            }
        } catch (AddressException e) {
            // Said below.
        }
        error(field, "This is no e-mail address.", "Write it as name@example.com.");
    }

    private void checkHook(ChannelType type, Target target) {
        if (target.secret().length() > TEXT_CHARACTERS_MAX) {
            error("/config/secret", "The secret is longer than 2,000 characters.", "Enter the secret alone.");
        }
        if (!target.secret().isEmpty() && !type.canSign()) {
            error("/config/secret", type + " checks no signature.", "Leave the secret out.");
        }
        URI url = parsed(target.url());
        if (url == null) {
            return;
        }
        boolean https = url.getScheme().equalsIgnoreCase("https");
        InetAddress address = checkReach("/config/url", url.getHost().replaceAll("^\\[|]$", ""));
        if (!https && (address == null || !guard.isAllowedByName(address))) {
            error(
                    "/config/url",
                    "The address is http, so that its token and the messages could be read on the way.",
                    "Write https; http is for addresses in alerts.allowedAddresses of the server.");
        }
    }

    /** The URL in parts; null when something is wrong with it, which is then said. It is never quoted: it holds a token. */
    private @Nullable URI parsed(String text) {
        String cure = "Copy the whole address of the webhook, as https://host/path.";
        if (text.isEmpty()) {
            error("/config/url", "The channel has no address.", cure);
            return null;
        }
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean ascii = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!http || url.getHost() == null || !ascii || text.length() > TEXT_CHARACTERS_MAX) {
                error("/config/url", "This is no address of a webhook.", cure);
                return null;
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                error("/config/url", "A webhook's address has neither a login nor a fragment.", cure);
                return null;
            }
            return url;
        } catch (URISyntaxException e) {
            error("/config/url", "This is no address of a webhook.", cure);
            return null;
        }
    }

    /** Where the host stands; null when nobody knows now, which may change. */
    private @Nullable InetAddress checkReach(String field, String host) {
        try {
            return guard.resolve(host);
        } catch (UnknownHostException e) {
            findings.add(Finding.warning(
                    field,
                    "The host has no address at present.",
                    "Look at its name; a test shows whether it is reached."));
        } catch (ForbiddenAddressException e) {
            error(field, String.valueOf(e.getMessage()), "Choose an address that channels may reach.");
        }
        return null;
    }

    private void error(String field, String message, String cure) {
        findings.add(Finding.error(field, message, cure));
    }
}
