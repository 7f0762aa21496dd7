package io.tidegate.engine.kafka;

import io.tidegate.engine.NearestName;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which consumer properties users may set. This is the only list: data sources and documents are held to it alike. What is
 * not on it would break the exactness of a copy, load code into the server, read its files, or send its secrets elsewhere.
 */
public final class KafkaProperties {
    /** Where a property stands. */
    public enum Place {
        /** In a data source: how to reach a cluster and log in. */
        DATA_SOURCE,
        /** In a document that names a data source: the login is not its business. */
        DOCUMENT,
        /** In a document that names its server itself, login included. */
        SERVER_DOCUMENT,
        /** As before, and whoever runs it may name files of this machine, because they are their own. */
        OWN_DOCUMENT
    }

    /** Larger ones would let one consumer take the memory of many. */
    private static final int SOCKET_BUFFER_BYTES_MAX = 16 << 20;

    /** A broker that holds an answer back for longer would be taken for one that is away. */
    private static final int FETCH_WAIT_MILLIS_MAX = 20_000;

    private static final int REQUEST_TIMEOUT_MILLIS_MIN = 25_000;

    private static final Map<String, ConfigKey> DEFINED =
            ConsumerConfig.configDef().configKeys();

    /** Said by the job in parameters of its own, or translated into them by its parser. */
    private static final Set<String> OF_THE_READER =
            Set.of("group.id", "auto.offset.reset", "isolation.level", "key.deserializer", "value.deserializer");

    /** They belong to consumer groups that share partitions out, to commits while reading, or are set by the copy itself. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "allow.auto.create.topics",
            "auto.commit.interval.ms",
            "auto.include.jmx.reporter",
            "client.id",
            "default.api.timeout.ms",
            "enable.auto.commit",
            "enable.metrics.push",
            "exclude.internal.topics",
            "heartbeat.interval.ms",
            "max.poll.interval.ms",
            "session.timeout.ms");

    private static final String LOADS_CODE = "is not taken: it would load code into the server.";
    private static final String OF_GROUPS =
            "is not taken: a copy reads the partitions of its plan and joins no group, so that nobody shares them out.";
    private static final String JVM_WIDE = "is not taken: it concerns the whole server, not one cluster.";
    private static final String OTHER_LOGIN =
            "is not taken: it belongs to a login that is not supported. Log in by PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or a certificate.";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("bootstrap.servers", "is not taken here: the address of the cluster has a field of its own."),
            Map.entry("interceptor.classes", LOADS_CODE),
            Map.entry("metric.reporters", LOADS_CODE),
            Map.entry("security.providers", LOADS_CODE),
            Map.entry("ssl.provider", JVM_WIDE),
            Map.entry("ssl.secure.random.implementation", JVM_WIDE),
            Map.entry("ssl.keymanager.algorithm", JVM_WIDE),
            Map.entry("ssl.trustmanager.algorithm", JVM_WIDE),
            Map.entry("java.security.auth.login.config", JVM_WIDE + " Write sasl.jaas.config."),
            Map.entry("group.instance.id", OF_GROUPS),
            Map.entry("group.protocol", OF_GROUPS),
            Map.entry("group.remote.assignor", OF_GROUPS),
            Map.entry("partition.assignment.strategy", OF_GROUPS));

    private KafkaProperties() {}

    /** The names that are taken, or that mean something to the reader. */
    public static Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (String name : DEFINED.keySet()) {
            if (!REFUSED.containsKey(name)
                    && !loadsCode(name)
                    && !ofOtherLogin(name)
                    && !name.startsWith("internal.")) {
                known.add(name);
            }
        }
        return known;
    }

    /** Whether it is taken but changes nothing. */
    public static boolean withoutEffect(String name) {
        return WITHOUT_EFFECT.contains(name);
    }

    /** Whether it is a parameter of the reader under another name, which only the reader can take. */
    public static boolean ofTheReader(String name) {
        return OF_THE_READER.contains(name);
    }

    /** Whether it says how the connection is protected and who logs in. */
    public static boolean ofTheLogin(String name) {
        return name.startsWith("sasl.") || name.startsWith("ssl.") || name.startsWith("security.");
    }

    /**
     * Why a property is not taken, as the rest of a sentence that begins with its name; null when it is taken. Never repeats
     * a value that may be secret.
     *
     * @param value null to judge the name alone
     */
    public static @Nullable String refusal(String name, @Nullable String value, Place place) {
        String reason = byName(name, place);
        if (reason != null || value == null) {
            return reason;
        }
        return byValue(name, value);
    }

    private static @Nullable String byName(String name, Place place) {
        String refused = REFUSED.get(name);
        if (refused != null) {
            return refused;
        }
        if (loadsCode(name)) {
            return LOADS_CODE;
        }
        if (ofOtherLogin(name)) {
            return OTHER_LOGIN;
        }
        if (!DEFINED.containsKey(name) || name.startsWith("internal.")) {
            return "is no property of a Kafka consumer." + NearestName.hint(name, known());
        }
        if (place == Place.DATA_SOURCE && ofTheReader(name)) {
            return "is not taken here: it belongs to the reader of a job.";
        }
        if (place == Place.DATA_SOURCE && withoutEffect(name)) {
            return "is not taken here: it has no effect on a copy, which joins no group and commits nothing while it reads.";
        }
        if (place == Place.DOCUMENT && ofTheLogin(name)) {
            return "is not taken here: how to connect and log in belongs to the data source.";
        }
        if (place != Place.OWN_DOCUMENT && name.startsWith("ssl.") && name.endsWith(".location")) {
            return "is not taken: it would read a file of the server. Put the certificates in themselves, in PEM form: ssl.truststore.type PEM with ssl.truststore.certificates; ssl.keystore.type PEM with ssl.keystore.certificate.chain and ssl.keystore.key.";
        }
        return null;
    }

    /** Such properties load classes, or make them from what stands elsewhere. */
    private static boolean loadsCode(String name) {
        return name.startsWith("config.providers")
                || name.endsWith(".class")
                || name.endsWith(".classes")
                || name.endsWith(".reporters");
    }

    private static boolean ofOtherLogin(String name) {
        return name.startsWith("sasl.kerberos.") || name.startsWith("sasl.oauthbearer.");
    }

    private static @Nullable String byValue(String name, String value) {
        String wrong = switch (name) {
            case "sasl.jaas.config" -> JaasLine.refusal(value);
            case "sasl.mechanism" -> oneOf(value, "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
            case "security.protocol" ->
                oneOf(value.toUpperCase(Locale.ROOT), "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
            case "ssl.truststore.type", "ssl.keystore.type" -> oneOf(value, "PEM", "PKCS12", "JKS");
            case "check.crcs" ->
                value.equalsIgnoreCase("true")
                        ? null
                        : "must be true: otherwise records that were damaged on their way would be copied.";
            case "fetch.max.wait.ms" -> number(value, 0, FETCH_WAIT_MILLIS_MAX);
            case "request.timeout.ms" -> number(value, REQUEST_TIMEOUT_MILLIS_MIN, Integer.MAX_VALUE);
            case "max.poll.records", "fetch.max.bytes", "max.partition.fetch.bytes" ->
                number(value, 1, Integer.MAX_VALUE);
            case "receive.buffer.bytes", "send.buffer.bytes" -> number(value, -1, SOCKET_BUFFER_BYTES_MAX);
            default -> null;
        };
        return wrong != null || ofTheLogin(name) || ofTheReader(name) ? wrong : asDefined(name, value);
    }

    private static @Nullable String asDefined(String name, String value) {
        ConfigKey key = DEFINED.get(name);
        if (key == null) {
            return null;
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
            return null;
        } catch (ConfigException e) {
            return "does not take '%s': it must be of type %s%s."
                    .formatted(
                            value,
                            key.type.name().toLowerCase(Locale.ROOT),
                            key.validator == null ? "" : " and " + key.validator);
        }
    }

    private static @Nullable String oneOf(String value, String... allowed) {
        return Set.of(allowed).contains(value) ? null : "must be one of " + String.join(", ", allowed) + ".";
    }

    private static @Nullable String number(String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return null;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        return "must be a whole number from %d to %d.".formatted(min, max);
    }
}
