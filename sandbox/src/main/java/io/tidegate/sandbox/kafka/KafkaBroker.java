package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.DataDirectory;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster of one broker (KRaft) inside this JVM, on 127.0.0.1 only, that keeps its records and ports in one
 * directory.
 *
 * <p>Topics are made by {@link #createTopic} alone, and records are kept for ever unless an override or a topic's
 * configuration says otherwise. Kafka's own start-up messages go to SLF4J under {@code kafka} and {@code org.apache.kafka}.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);
    private static final int ADMIN_SECONDS_MAX = 60;

    /** The least that Kafka accepts: more rounds only make logging in slower. */
    private static final int SCRAM_ITERATIONS = 4096;

    private final DataDirectory directory;
    private final BrokerSettings settings;
    private final KafkaRaftServer server;

    private KafkaBroker(DataDirectory directory, BrokerSettings settings, KafkaRaftServer server) {
        this.directory = directory;
        this.settings = settings;
        this.server = server;
    }

    /** Starts with one open listener. See {@link #start(Path, KafkaBrokerOptions)}. */
    public static KafkaBroker start(Path directory) {
        return start(directory, KafkaBrokerOptions.defaults());
    }

    /**
     * Returns when the broker answers. Users of SCRAM that were given in earlier starts stay.
     *
     * @throws SandboxException when it cannot start; the message says why
     */
    public static KafkaBroker start(Path directory, KafkaBrokerOptions options) {
        DataDirectory held = DataDirectory.open(directory);
        try {
            keepKafkaFromEndingTheJvm();
            BrokerSettings settings = BrokerSettings.of(held, options);
            format(settings);
            var server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
            try {
                server.startup();
                var broker = new KafkaBroker(held, settings, server);
                broker.storeScramUsers(options.saslUsers());
                return broker;
            } catch (RuntimeException e) {
                server.shutdown();
                server.awaitShutdown();
                throw e;
            }
        } catch (SandboxException e) {
            held.close();
            throw e;
        } catch (RuntimeException e) {
            held.close();
            throw new SandboxException("Kafka could not be started in %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    /** On a fault such as a log directory that is gone Kafka halts its process, which here is not its own. */
    private static void keepKafkaFromEndingTheJvm() {
        Exit.Procedure refuse = (status, message) -> {
            LOG.error("Kafka wanted to end this process with status {}: {}", status, message);
            throw new IllegalStateException("the embedded Kafka broker failed: " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    private static void format(BrokerSettings settings) {
        if (Files.exists(settings.log())) {
            return;
        }
        Path half = settings.log().resolveSibling("log.formatting");
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setDirectories(List.of(half.toString()))
                    .setMetadataLogDirectory(half.toString())
                    .setIgnoreFormatted(true)
                    .run();
            // Only a whole directory gets the name under which it is looked for.
            Files.move(half, settings.log(), StandardCopyOption.ATOMIC_MOVE);
        } catch (Exception e) {
            throw new SandboxException("Cannot make Kafka's files in %s: %s".formatted(settings.log(), e), e);
        }
    }

    /** Host and port of the open listener. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.listeners().open();
    }

    /** Host and port of the listener that wants a login (SASL_PLAINTEXT). */
    public String saslBootstrapServers() {
        return listener(settings.listeners().sasl(), "SASL");
    }

    /** Host and port of the encrypted listener. */
    public String sslBootstrapServers() {
        return listener(settings.listeners().ssl(), "SSL");
    }

    /** Host and port of the encrypted listener that wants a login. */
    public String saslSslBootstrapServers() {
        return listener(settings.listeners().saslSsl(), "SASL_SSL");
    }

    private static String listener(int port, String name) {
        if (port == 0) {
            throw new IllegalStateException("this broker was started without an %s listener".formatted(name));
        }
        return "127.0.0.1:" + port;
    }

    /** What a client needs, beside {@link #sslBootstrapServers}, to trust the broker's certificate. */
    public Map<String, String> sslClientProperties() {
        listener(settings.listeners().ssl(), "SSL");
        return KeyStores.make(directory.path()).clientProperties();
    }

    /** The same without any file: the broker's certificate as text. */
    public Map<String, String> sslPemProperties() {
        listener(settings.listeners().ssl(), "SSL");
        return KeyStores.make(directory.path()).clientPemProperties();
    }

    /** What a client needs in addition where the listener wants a certificate: key and certificate as text. */
    public Map<String, String> clientCertificatePemProperties() {
        listener(settings.listeners().ssl(), "SSL");
        return KeyStores.make(directory.path()).clientKeyPemProperties();
    }

    /**
     * What a client needs, beside {@link #saslBootstrapServers}, to log in.
     *
     * @param mechanism PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
     */
    public static Map<String, String> saslClientProperties(String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                        .formatted(module, user, password));
    }

    /**
     * Makes the topic unless one of that name is there, and returns when each of its partitions has a leader.
     *
     * @param config settings of the topic by their Kafka names, e.g. {@code message.timestamp.type=LogAppendTime}
     * @return false when there was one already; its partitions and settings are as they were
     */
    public boolean createTopic(String name, int partitions, Map<String, String> config) {
        return TopicCreation.create(bootstrapServers(), name, partitions, config);
    }

    private void storeScramUsers(Map<String, String> users) {
        if (users.isEmpty()) {
            return;
        }
        try (Admin admin = admin()) {
            // Kafka refuses to alter one user twice in a request, even for two mechanisms.
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                List<UserScramCredentialAlteration> all = new ArrayList<>();
                users.forEach((name, password) -> all.add(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS), password)));
                admin.alterUserScramCredentials(all).all().get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new SandboxException("Cannot store Kafka's users: " + cause(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while storing Kafka's users.", e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()));
    }

    private static String cause(Exception e) {
        return Optional.ofNullable(e.getCause()).map(Throwable::toString).orElse(e.toString());
    }

    /** Returns when all that was acknowledged is on disk and the ports are free. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        directory.close();
    }
}
