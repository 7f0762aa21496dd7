package io.tidegate.app.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every setting there is. A setting is read from {@code tidegate.yaml}, then from the environment, then from flags; the last
 * one wins.
 */
public enum Setting {
    BIND("server.bind", "127.0.0.1", "address the web server listens on"),
    PORT("server.port", "8080", "port of the web server; 0 takes a free one"),
    SECURE_COOKIES("server.secureCookies", "false", "true when browsers reach the server by HTTPS only"),
    PUBLIC_URL(
            "server.publicUrl",
            "",
            "where people reach the web server, for links in alerts, as https://tidegate.example.com; none when empty"),
    DATABASE_URL("database.url", "", "JDBC URL of the PostgreSQL database, jdbc:postgresql://host:5432/tidegate"),
    DATABASE_USER("database.user", "tidegate", "PostgreSQL user that owns the database"),
    DATABASE_PASSWORD("database.password", "", "its password; better given as database.passwordFile"),
    DATABASE_POOL("database.poolSize", "20", "largest number of connections this server opens"),
    SECRET_KEY_FILE(
            "secretKey.file",
            "",
            "file with the key that encrypts secrets of data sources and alert channels; made at first start, mode"
                    + " 0600"),
    WORKER_NAME(
            "worker.name",
            "",
            "name of this program's worker in attempts and logs; the host's name when empty, followed by the process"
                    + " id for a worker"),
    WORKER_THREADS(
            "worker.threads", "8", "largest number of attempts this program runs at a time; a server with 0 runs none"),
    RESOURCE_GROUPS(
            "worker.resourceGroups",
            "",
            "names of the resource groups it serves, with commas between them; all when empty"),
    DRAIN_SECONDS(
            "worker.drainSeconds",
            "30",
            "how long running attempts may go on when the program is asked to stop; then others take them over"),
    LEASE_SECONDS(
            "worker.leaseSeconds",
            "30",
            "an attempt whose worker is silent for so long counts as lost and is taken over"),
    DIRTY_DIRECTORY(
            "worker.dirtyDirectory",
            "",
            "directory for files with every dirty record of an attempt, kept as long as the workspace keeps dirty"
                    + " records; none are written when empty"),
    SMTP_HOST("smtp.host", "", "mail server for alerts of channels that name none; none when empty"),
    SMTP_PORT("smtp.port", "587", "its port"),
    SMTP_SECURITY("smtp.security", "STARTTLS", "NONE, STARTTLS or TLS"),
    SMTP_USER("smtp.user", "", "login at the mail server; none when empty"),
    SMTP_PASSWORD("smtp.password", "", "its password; better given as smtp.passwordFile"),
    SMTP_FROM("smtp.from", "", "the sender's address; needed with smtp.host"),
    ALERT_ALLOWED_ADDRESSES(
            "alerts.allowedAddresses",
            "",
            "addresses of private networks that alert channels may reach, as 10.1.0.0/16, 192.168.7.20; none when"
                    + " empty"),
    ADMIN_PASSWORD(
            "admin.password", "", "password of the user admin at first start; a random one is printed when empty");

    private final String key;
    private final String defaultValue;
    private final String description;

    Setting(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The key in {@code tidegate.yaml}, nested by its dots, and of the flag {@code --set key=value}. */
    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    /** {@code database.poolSize} is {@code TIDEGATE_DATABASE_POOL_SIZE} in the environment. */
    public String environmentName() {
        return "TIDEGATE_"
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }
}
