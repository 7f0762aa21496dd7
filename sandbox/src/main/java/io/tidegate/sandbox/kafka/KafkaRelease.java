package io.tidegate.sandbox.kafka;

import io.tidegate.sandbox.directory.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The released brokers that Tidegate is tried with, oldest first. Their jars come with the Maven profile {@code brokers}. */
public enum KafkaRelease {
    V0_10_2("0.10.2.2", true),
    V0_11("0.11.0.3", true),
    V1_1("1.1.1", true),
    V2_2("2.2.2", true),
    V3_9("3.9.2", false),
    V4("4.4.0", false);

    /** System property: the directory that has one directory for each release. */
    static final String DIRECTORY_PROPERTY = "tidegate.brokers";

    private final String version;
    private final boolean zooKeeper;

    KafkaRelease(String version, boolean zooKeeper) {
        this.version = version;
        this.zooKeeper = zooKeeper;
    }

    public String version() {
        return version;
    }

    /** Whether the broker needs a ZooKeeper beside it. */
    boolean needsZooKeeper() {
        return zooKeeper;
    }

    /** Whether this release is the other one or a younger one. */
    public boolean atLeast(KafkaRelease other) {
        return compareTo(other) >= 0;
    }

    /**
     * Where the jars are.
     *
     * @throws SandboxException when they have not been fetched
     */
    Path jars() {
        Path jars = Path.of(System.getProperty(DIRECTORY_PROPERTY, "../sandbox/brokers"))
                .resolve("kafka-" + version)
                .resolve("target")
                .resolve("jars")
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(jars)) {
            throw new SandboxException(
                    "The jars of Kafka %s are not in %s. Build with the profile `brokers`: ./mvnw -Pbrokers verify"
                            .formatted(version, jars));
        }
        return jars;
    }

    @Override
    public String toString() {
        return "Kafka " + version;
    }
}
