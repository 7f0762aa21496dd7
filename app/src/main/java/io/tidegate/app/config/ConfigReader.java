package io.tidegate.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.scheduler.alert.AlertSettings;
import io.tidegate.scheduler.alert.channel.AddressRange;
import io.tidegate.scheduler.alert.channel.SmtpSecurity;
import io.tidegate.scheduler.alert.channel.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings from a file, the environment and flags, in rising order, and checks them. */
public final class ConfigReader {
    private record Sourced(String value, String source) {}

    /** Connections that duties, pages and heartbeats need while every attempt uses one. */
    private static final int POOL_BESIDE_WORKER = 8;

    private final Map<Setting, Sourced> values = new EnumMap<>(Setting.class);

    private ConfigReader() {
        for (Setting setting : Setting.values()) {
            values.put(setting, new Sourced(setting.defaultValue(), "default"));
        }
    }

    /**
     * @param file {@code tidegate.yaml}, or null for none
     * @param environment the process's environment; names that start with TIDEGATE_ must be known
     * @param flags key to value, from {@code --set key=value} and the flags of the command
     * @throws ConfigException when a key is unknown or a value is wrong
     */
    public static Config read(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigReader reader = new ConfigReader();
        if (file != null) {
            reader.readFile(file);
        }
        reader.readEnvironment(environment);
        flags.forEach((key, value) -> reader.put(key, value, "--set " + key));
        return reader.config();
    }

    private void readFile(Path file) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e.getMessage());
        }
        Map<String, String> flat = new TreeMap<>();
        flatten("", root, flat);
        flat.forEach((key, value) -> put(key, value, file.toString()));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
        if (node.isObject()) {
            node.properties()
                    .forEach(e ->
                            flatten(prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(), e.getValue(), flat));
        } else if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            flat.put(prefix, String.join(",", items));
        } else if (!node.isNull() && !node.isMissingNode()) {
            flat.put(prefix, node.asText());
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.environmentName());
            if (value != null) {
                values.put(setting, new Sourced(value, setting.environmentName()));
            }
            String file = environment.get(setting.environmentName() + "_FILE");
            if (file != null) {
                values.put(setting, new Sourced(secretFrom(file, setting.environmentName() + "_FILE"), file));
            }
        }
    }

    private void put(String key, String value, String source) {
        if (key.endsWith("File") && Setting.ofKey(key).isEmpty()) {
            Setting.ofKey(key.substring(0, key.length() - "File".length()))
                    .ifPresentOrElse(s -> values.put(s, new Sourced(secretFrom(value, source), value)), () -> {
                        throw unknown(key, source);
                    });
            return;
        }
        Setting setting = Setting.ofKey(key).orElseThrow(() -> unknown(key, source));
        values.put(setting, new Sourced(value, source));
    }

    private static ConfigException unknown(String key, String source) {
        return new ConfigException("%s: there is no setting %s. The settings are: %s."
                .formatted(
                        source,
                        key,
                        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "))));
    }

    private static String secretFrom(String file, String source) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ConfigException(source + ": the file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private Config config() {
        String url = text(Setting.DATABASE_URL);
        if (!url.startsWith("jdbc:postgresql://")) {
            throw new ConfigException(
                    ("%s is '%s', which is no PostgreSQL URL. Give jdbc:postgresql://host:5432/database"
                                    + " in tidegate.yaml, as %s, or as --set %s=…")
                            .formatted(
                                    describe(Setting.DATABASE_URL),
                                    url,
                                    Setting.DATABASE_URL.environmentName(),
                                    Setting.DATABASE_URL.key()));
        }
        int threads = number(Setting.WORKER_THREADS, 0, 1000);
        int poolSize = number(Setting.DATABASE_POOL, 4, 2000);
        if (poolSize < threads + POOL_BESIDE_WORKER) {
            throw new ConfigException("%s is %d, too few for %d attempts at a time. Give at least %d, or lower %s."
                    .formatted(
                            describe(Setting.DATABASE_POOL),
                            poolSize,
                            threads,
                            threads + POOL_BESIDE_WORKER,
                            Setting.WORKER_THREADS.key()));
        }
        String keyFile = text(Setting.SECRET_KEY_FILE);
        String host = hostName();
        String workerName = text(Setting.WORKER_NAME);
        String dirtyDirectory = text(Setting.DIRTY_DIRECTORY);
        return new Config(
                text(Setting.BIND),
                number(Setting.PORT, 0, 65535),
                flag(Setting.SECURE_COOKIES),
                url,
                text(Setting.DATABASE_USER),
                text(Setting.DATABASE_PASSWORD),
                poolSize,
                keyFile.isEmpty()
                        ? Path.of("tidegate.key").toAbsolutePath()
                        : Path.of(keyFile).toAbsolutePath(),
                host,
                workerName.isEmpty() ? host : workerName,
                threads,
                names(Setting.RESOURCE_GROUPS),
                number(Setting.DRAIN_SECONDS, 0, 86_400),
                number(Setting.LEASE_SECONDS, 3, 3600),
                dirtyDirectory.isEmpty() ? null : Path.of(dirtyDirectory).toAbsolutePath(),
                text(Setting.ADMIN_PASSWORD),
                alerts());
    }

    private AlertSettings alerts() {
        try {
            return new AlertSettings(
                    publicUrl(), mailServer(), AddressRange.parseAll(text(Setting.ALERT_ALLOWED_ADDRESSES)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(describe(Setting.ALERT_ALLOWED_ADDRESSES) + ": " + e.getMessage() + ".");
        }
    }

    private @Nullable URI publicUrl() {
        String text = text(Setting.PUBLIC_URL);
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("https?://[A-Za-z0-9.:\\[\\]_-]+(/[!-~]*)?")) {
            throw new ConfigException(
                    "%s is '%s'; it must be a URL as https://tidegate.example.com."
                            .formatted(describe(Setting.PUBLIC_URL), text));
        }
        return URI.create(text);
    }

    private @Nullable SmtpServer mailServer() {
        String host = text(Setting.SMTP_HOST);
        if (host.isEmpty()) {
            return null;
        }
        String from = text(Setting.SMTP_FROM);
        if (!from.contains("@")) {
            throw new ConfigException("%s is '%s'; with smtp.host it must be the address that mails come from."
                    .formatted(describe(Setting.SMTP_FROM), from));
        }
        String user = text(Setting.SMTP_USER);
        return new SmtpServer(
                host,
                number(Setting.SMTP_PORT, 1, 65535),
                smtpSecurity(),
                user.isEmpty() ? null : user,
                user.isEmpty() ? null : text(Setting.SMTP_PASSWORD),
                from);
    }

    private SmtpSecurity smtpSecurity() {
        String text = text(Setting.SMTP_SECURITY);
        for (SmtpSecurity security : SmtpSecurity.values()) {
            if (security.name().equals(text)) {
                return security;
            }
        }
        throw new ConfigException("%s is '%s'; it must be one of %s."
                .formatted(describe(Setting.SMTP_SECURITY), text, Arrays.toString(SmtpSecurity.values())));
    }

    private String text(Setting setting) {
        return sourced(setting).value();
    }

    private Sourced sourced(Setting setting) {
        Sourced sourced = values.get(setting);
        if (sourced == null) {
            throw new IllegalStateException(setting.key());
        }
        return sourced;
    }

    private String describe(Setting setting) {
        return setting.key() + " (" + sourced(setting).source() + ")";
    }

    private int number(Setting setting, int least, int most) {
        try {
            int value = Integer.parseInt(text(setting));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the place.
        }
        throw new ConfigException("%s is '%s'; it must be a whole number from %d to %d."
                .formatted(describe(setting), text(setting), least, most));
    }

    private Set<String> names(Setting setting) {
        return Arrays.stream(text(setting).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ConfigException(
                        "%s is '%s'; it must be true or false.".formatted(describe(setting), text(setting)));
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "server";
        }
    }
}
