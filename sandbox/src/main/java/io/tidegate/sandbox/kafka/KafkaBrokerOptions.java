package io.tidegate.sandbox.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a broker has beside its open listener.
 *
 * @param port of the open (PLAINTEXT) listener; 0: the kept one, or a free one that is kept from now on
 * @param saslUsers names and passwords that may log in at the SASL_PLAINTEXT listener, by PLAIN, SCRAM-SHA-256 and
 *     SCRAM-SHA-512 alike; none: no such listener
 * @param ssl whether there is an SSL listener, with a self-signed certificate for 127.0.0.1; with users there is a SASL_SSL
 *     listener, too
 * @param clientCertificates whether the SSL listener takes only clients that show the sandbox's client certificate
 * @param overrides settings of the broker by their Kafka names
 */
public record KafkaBrokerOptions(
        int port,
        Map<String, String> saslUsers,
        boolean ssl,
        boolean clientCertificates,
        Map<String, String> overrides) {
    public KafkaBrokerOptions {
        saslUsers = Map.copyOf(saslUsers);
        overrides = Map.copyOf(overrides);
        for (Map.Entry<String, String> user : saslUsers.entrySet()) {
            // They are written into a JAAS line, where quotes and backslashes would have to be escaped.
            if (!user.getKey().matches("[A-Za-z0-9_.-]+") || user.getValue().matches(".*[\"\\\\\\s].*")) {
                throw new IllegalArgumentException(
                        "user '%s': a name of the sandbox has letters, digits, '_', '.', '-', and its password no quotes, backslashes or blanks"
                                .formatted(user.getKey()));
            }
        }
    }

    /** An open listener on a kept port, and nothing else. */
    public static KafkaBrokerOptions defaults() {
        return new KafkaBrokerOptions(0, Map.of(), false, false, Map.of());
    }

    public KafkaBrokerOptions withPort(int wanted) {
        return new KafkaBrokerOptions(wanted, saslUsers, ssl, clientCertificates, overrides);
    }

    public KafkaBrokerOptions withSaslUser(String name, String password) {
        return new KafkaBrokerOptions(port, with(saslUsers, name, password), ssl, clientCertificates, overrides);
    }

    public KafkaBrokerOptions withSsl() {
        return new KafkaBrokerOptions(port, saslUsers, true, clientCertificates, overrides);
    }

    /** An SSL listener that wants a certificate of its clients. */
    public KafkaBrokerOptions withClientCertificates() {
        return new KafkaBrokerOptions(port, saslUsers, true, true, overrides);
    }

    /** For example {@code withOverride("log.retention.ms", "60000")}. */
    public KafkaBrokerOptions withOverride(String setting, String value) {
        return new KafkaBrokerOptions(port, saslUsers, ssl, clientCertificates, with(overrides, setting, value));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
