package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.DataDirectory;
import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of one broker of a given release, in a JVM of its own (two, where it needs a ZooKeeper), on free ports of
 * 127.0.0.1 and a temporary directory. Gone without a trace when it is closed or when this JVM ends.
 */
public final class ReleasedBroker implements AutoCloseable {
    private static final int START_SECONDS_MAX = 240;
    private static final int FORMAT_SECONDS_MAX = 240;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    private final KafkaRelease release;
    private final DataDirectory directory;
    private final int port;
    private final Thread closeWithJvm = new Thread(this::closeQuietly);
    private @Nullable ChildJvm zooKeeper;
    private @Nullable ChildJvm broker;

    private ReleasedBroker(KafkaRelease release, DataDirectory directory) {
        this.release = release;
        this.directory = directory;
        this.port = directory.port("port", 0);
    }

    /**
     * Returns when the broker answers.
     *
     * @param overrides settings of the broker by their Kafka names
     * @throws SandboxException when its jars are not there or it does not start; the message has its last output
     */
    public static ReleasedBroker start(KafkaRelease release, Map<String, String> overrides) {
        Path jars = release.jars();
        DataDirectory directory;
        try {
            directory = DataDirectory.open(Files.createTempDirectory("tidegate-kafka-" + release.version()));
        } catch (IOException e) {
            throw new SandboxException("Cannot make a temporary directory: " + e, e);
        }
        var started = new ReleasedBroker(release, directory);
        Runtime.getRuntime().addShutdownHook(started.closeWithJvm);
        try {
            started.startProcesses(jars, overrides);
            return started;
        } catch (IOException e) {
            started.close();
            throw new SandboxException("Cannot start %s: %s".formatted(release, e), e);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void startProcesses(Path jars, Map<String, String> overrides) throws IOException {
        Map<String, String> properties = new TreeMap<>(common());
        if (release.needsZooKeeper()) {
            int zooKeeperPort = directory.port("port-zookeeper", 0);
            zooKeeper = startZooKeeper(jars, zooKeeperPort);
            properties.put("zookeeper.connect", "127.0.0.1:" + zooKeeperPort);
            properties.put("broker.id", "1");
        } else {
            properties.putAll(kraft(directory.port("port-controller", 0)));
        }
        properties.putAll(overrides);
        Path file = write("broker.properties", properties);
        if (!release.needsZooKeeper()) {
            try (ChildJvm format = ChildJvm.start(
                    "format",
                    directory.path(),
                    jars,
                    options(128),
                    List.of(
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            Uuid.randomUuid().toString(),
                            "-c",
                            file.toString()))) {
                format.awaitSuccess(FORMAT_SECONDS_MAX);
            }
        }
        broker =
                ChildJvm.start("broker", directory.path(), jars, options(512), List.of("kafka.Kafka", file.toString()));
        await(broker, this::answers);
    }

    private ChildJvm startZooKeeper(Path jars, int zooKeeperPort) throws IOException {
        Path file = write(
                "zookeeper.properties",
                Map.of(
                        "dataDir",
                        directory.path().resolve("zookeeper").toString(),
                        "clientPort",
                        Integer.toString(zooKeeperPort),
                        "clientPortAddress",
                        "127.0.0.1",
                        "tickTime",
                        "1000",
                        "admin.enableServer",
                        "false"));
        ChildJvm started = ChildJvm.start(
                "zookeeper",
                directory.path(),
                jars,
                options(128),
                List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain", file.toString()));
        await(started, () -> listens(zooKeeperPort));
        return started;
    }

    private List<String> options(int megabytes) throws IOException {
        Path log4j = Files.writeString(directory.path().resolve("log4j.properties"), """
                log4j.rootLogger=WARN, out
                log4j.appender.out=org.apache.log4j.ConsoleAppender
                log4j.appender.out.layout=org.apache.log4j.PatternLayout
                log4j.appender.out.layout.ConversionPattern=%d %p %c %m%n
                """);
        return List.of(
                "-Xmx" + megabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j.configuration=" + log4j.toUri(),
                // ZooKeeper's beans for it lean on classes that only the first log4j had.
                "-Dzookeeper.jmx.log4j.disable=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    }

    private Map<String, String> common() {
        return Map.ofEntries(
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("log.dirs", directory.path().resolve("log").toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.retention.ms", "-1"),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"));
    }

    private Map<String, String> kraft(int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private Path write(String name, Map<String, String> properties) throws IOException {
        return Files.writeString(
                directory.path().resolve(name),
                properties.entrySet().stream()
                        .map(p -> p.getKey() + "=" + p.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    private interface Condition {
        boolean holds();
    }

    private void await(ChildJvm child, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        try {
            while (!condition.holds()) {
                child.checkAlive();
                if (System.nanoTime() > deadline) {
                    throw child.failure("of %s does not answer".formatted(release));
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while starting " + release, e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean answers() {
        if (!listens(port)) {
            return false;
        }
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.listTopics(ASK_LIMIT) != null;
        } catch (KafkaException notYet) {
            return false;
        }
    }

    public KafkaRelease release() {
        return release;
    }

    /** Host and port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /**
     * Makes the topic unless one of that name is there, and returns when each of its partitions has a leader.
     *
     * @param config settings of the topic by their Kafka names
     */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        TopicCreation.create(bootstrapServers(), name, partitions, config);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closeWithJvm);
        } catch (IllegalStateException e) {
            // The JVM is ending, and that is why this is called.
        }
        stop();
    }

    private void stop() {
        if (broker != null) {
            broker.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
        directory.close();
        try {
            FileTree.delete(directory.path());
        } catch (IOException e) {
            throw new SandboxException("Cannot delete %s: %s".formatted(directory.path(), e), e);
        }
    }

    private void closeQuietly() {
        try {
            stop();
        } catch (RuntimeException e) {
            // The JVM ends; there is nobody to tell.
        }
    }
}
