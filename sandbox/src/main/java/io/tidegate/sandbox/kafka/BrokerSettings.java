package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The listeners of one broker, and the configuration that follows from them. */
record BrokerSettings(Path log, Listeners listeners, Map<String, String> properties) {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    /** Ports on 127.0.0.1; 0 where there is no such listener. */
    record Listeners(int open, int controller, int sasl, int ssl, int saslSsl) {}

    static BrokerSettings of(DataDirectory directory, KafkaBrokerOptions options) {
        var listeners = new Listeners(
                directory.port("port", options.port()),
                directory.port("port-controller", 0),
                options.saslUsers().isEmpty() ? 0 : directory.port("port-sasl", 0),
                options.ssl() ? directory.port("port-ssl", 0) : 0,
                options.ssl() && !options.saslUsers().isEmpty() ? directory.port("port-sasl-ssl", 0) : 0);
        Path log = directory.path().resolve("log");
        var properties = new HashMap<String, String>();
        properties.putAll(small(log));
        properties.putAll(addresses(listeners));
        if (listeners.sasl() > 0) {
            properties.putAll(logins("sasl", options.saslUsers()));
        }
        if (listeners.ssl() > 0) {
            KeyStores stores = KeyStores.make(directory.path());
            properties.putAll(stores.brokerProperties("ssl"));
            if (options.clientCertificates()) {
                properties.putAll(stores.clientsProperties("ssl"));
            }
        }
        if (listeners.saslSsl() > 0) {
            properties.putAll(KeyStores.make(directory.path()).brokerProperties("saslssl"));
            properties.putAll(logins("saslssl", options.saslUsers()));
        }
        properties.putAll(options.overrides());
        return new BrokerSettings(log, listeners, Map.copyOf(properties));
    }

    private static Map<String, String> logins(String listener, Map<String, String> users) {
        var properties = new HashMap<String, String>();
        properties.put("listener.name.%s.sasl.enabled.mechanisms".formatted(listener), String.join(",", MECHANISMS));
        for (String mechanism : MECHANISMS) {
            properties.put(
                    "listener.name.%s.%s.sasl.jaas.config".formatted(listener, mechanism.toLowerCase(Locale.ROOT)),
                    jaas(mechanism, users));
        }
        return properties;
    }

    private static Map<String, String> small(Path log) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("log.dirs", log.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Records of the sandbox carry timestamps of any year; Kafka's seven days would delete them at once.
                Map.entry("log.retention.ms", "-1"),
                // Topics that do ask for retention or compaction see it within seconds, not minutes.
                Map.entry("log.initial.task.delay.ms", "1000"),
                Map.entry("log.retention.check.interval.ms", "1000"),
                Map.entry("log.cleaner.backoff.ms", "1000"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
                Map.entry("server.max.startup.time.ms", "120000"));
    }

    private static Map<String, String> addresses(Listeners listeners) {
        var served = new ArrayList<String>();
        served.add(address("PLAINTEXT", listeners.open()));
        if (listeners.sasl() > 0) {
            served.add(address("SASL", listeners.sasl()));
        }
        if (listeners.ssl() > 0) {
            served.add(address("SSL", listeners.ssl()));
        }
        if (listeners.saslSsl() > 0) {
            served.add(address("SASLSSL", listeners.saslSsl()));
        }
        String toClients = String.join(",", served);
        return Map.of(
                "listeners",
                toClients + "," + address(CONTROLLER, listeners.controller()),
                "advertised.listeners",
                toClients,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "controller.quorum.voters",
                "%d@127.0.0.1:%d".formatted(NODE_ID, listeners.controller()),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,SSL:SSL,SASLSSL:SASL_SSL");
    }

    private static String address(String listener, int port) {
        return "%s://127.0.0.1:%d".formatted(listener, port);
    }

    private static String jaas(String mechanism, Map<String, String> users) {
        if (!mechanism.equals("PLAIN")) {
            // SCRAM users are kept by the cluster itself.
            return "org.apache.kafka.common.security.scram.ScramLoginModule required;";
        }
        var line = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        users.forEach((name, password) -> line.append(" user_")
                .append(name)
                .append("=\"")
                .append(password)
                .append('"'));
        return line.append(';').toString();
    }
}
