package io.tidegate.scheduler.alert.channel;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel's settings as they are stored.
 *
 * @param config what may be shown
 * @param secrets what is encrypted
 */
record StoredChannel(Map<String, String> config, Map<String, String> secrets) {
    static final StoredChannel NOTHING = new StoredChannel(Map.of(), Map.of());

    private static final String TO = "to";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String SECURITY = "security";
    private static final String USER = "user";
    private static final String FROM = "from";
    private static final String PASSWORD = "password";
    private static final String URL = "url";
    private static final String SECRET = "secret";

    /** Everything that sending needs. For type EMAIL url and secret are empty, for the others the recipients. */
    record Target(
            ChannelType type,
            List<String> to,
            @Nullable SmtpServer smtp,
            String url,
            String secret) {
        /** What must not be repeated to anybody: the address, its parts that are long enough to be tokens, the keys. */
        List<String> secrets() {
            List<String> all = new ArrayList<>(Payload.secretsIn(url, secret));
            if (!url.isEmpty()) {
                URI address = URI.create(url);
                String path = Objects.requireNonNullElse(address.getRawPath(), "");
                String query = Objects.requireNonNullElse(address.getRawQuery(), "");
                all.add(path);
                Arrays.stream((path + "&" + query).split("[/&=]"))
                        .filter(part -> part.length() > 7)
                        .forEach(all::add);
            }
            if (smtp != null) {
                all.addAll(smtp.secrets());
            }
            all.removeIf(String::isEmpty);
            return all;
        }

        @Override
        public String toString() {
            return "Target[" + type + "]";
        }
    }

    /** What a user entered, with the secrets that are stored where it names none and they go to the same place. */
    static StoredChannel of(ChannelConfig entered, StoredChannel before) {
        return entered instanceof ChannelConfig.Email email
                ? email(email, before)
                : hook((ChannelConfig.Hook) entered, before);
    }

    private static StoredChannel email(ChannelConfig.Email email, StoredChannel before) {
        Map<String, String> config = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        config.put(TO, String.join(",", email.to()));
        SmtpServer smtp = email.smtp();
        if (smtp != null) {
            config.put(HOST, smtp.host());
            config.put(PORT, Integer.toString(smtp.port()));
            config.put(SECURITY, smtp.security().name());
            config.put(FROM, smtp.from());
            if (smtp.user() != null) {
                config.put(USER, smtp.user());
                String password = smtp.password() != null ? smtp.password() : keptPassword(config, before);
                if (password != null) {
                    secrets.put(PASSWORD, password);
                }
            }
        }
        return new StoredChannel(config, secrets);
    }

    /** A password is not sent to another server, nor in the clear where it was not before. */
    private static @Nullable String keptPassword(Map<String, String> config, StoredChannel before) {
        boolean samePlace = List.of(HOST, PORT, SECURITY, USER).stream()
                .allMatch(field -> Objects.equals(config.get(field), before.config.get(field)));
        return samePlace ? before.secrets.get(PASSWORD) : null;
    }

    private static StoredChannel hook(ChannelConfig.Hook hook, StoredChannel before) {
        Map<String, String> config = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        String url = hook.url() != null ? hook.url().strip() : before.secrets.get(URL);
        if (url != null) {
            secrets.put(URL, url);
            config.put(HOST, hostOf(url));
        }
        boolean samePlace = Objects.equals(config.get(HOST), before.config.get(HOST));
        String secret = hook.secret() != null ? hook.secret() : samePlace ? before.secrets.get(SECRET) : null;
        if (secret != null && !secret.isEmpty()) {
            secrets.put(SECRET, secret);
        }
        return new StoredChannel(config, secrets);
    }

    private static String hostOf(String url) {
        try {
            return Objects.requireNonNullElse(URI.create(url).getHost(), "");
        } catch (IllegalArgumentException e) {
            // Said by the checks.
            return "";
        }
    }

    static ChannelView view(ChannelType type, Map<String, String> config, Set<String> secretFields) {
        if (type != ChannelType.EMAIL) {
            return new ChannelView.Hook(config.getOrDefault(HOST, ""), secretFields.contains(SECRET));
        }
        return new ChannelView.Email(
                recipients(config),
                config.containsKey(HOST)
                        ? new ChannelView.Smtp(
                                config.getOrDefault(HOST, ""),
                                Integer.parseInt(config.getOrDefault(PORT, "0")),
                                SmtpSecurity.valueOf(config.getOrDefault(SECURITY, "NONE")),
                                config.get(USER),
                                secretFields.contains(PASSWORD),
                                config.getOrDefault(FROM, ""))
                        : null);
    }

    Target target(ChannelType type) {
        SmtpServer smtp = config.containsKey(PORT)
                ? new SmtpServer(
                        config.getOrDefault(HOST, ""),
                        Integer.parseInt(config.getOrDefault(PORT, "0")),
                        SmtpSecurity.valueOf(config.getOrDefault(SECURITY, "NONE")),
                        config.get(USER),
                        secrets.get(PASSWORD),
                        config.getOrDefault(FROM, ""))
                : null;
        return new Target(
                type,
                type == ChannelType.EMAIL ? recipients(config) : List.of(),
                smtp,
                secrets.getOrDefault(URL, ""),
                secrets.getOrDefault(SECRET, ""));
    }

    private static List<String> recipients(Map<String, String> config) {
        return List.of(config.getOrDefault(TO, "").split(","));
    }
}
