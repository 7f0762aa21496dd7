package io.tidegate.engine.fault;

import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.task.SQLTask;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.kafka.KafkaBroker;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The servers and engines of the runs: a broker of their own, which may be restarted, and the shared MaxCompute. */
final class FaultWorld {
    private static boolean tried;
    private static @Nullable FaultWorld shared;

    final Children children;
    private final Path directory;
    private final MaxComputeServer maxCompute = Sandbox.shared().maxCompute();
    private final String bootstrapServers;
    private final Odps odps = new Odps(new AliyunAccount(maxCompute.accessId(), maxCompute.accessKey()));
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private KafkaBroker broker;
    private int runs;

    private FaultWorld(Path directory) {
        this.directory = directory;
        odps.setEndpoint(maxCompute.endpoint());
        odps.setDefaultProject(maxCompute.project());
        broker = KafkaBroker.start(directory.resolve("kafka"));
        bootstrapServers = broker.bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false, "auto.offset.reset", "none"),
                new StringDeserializer(),
                new StringDeserializer());
        children = new Children(directory);
    }

    /** The one of this JVM, in a temporary directory that is deleted when the JVM ends. */
    static synchronized FaultWorld shared() throws Exception {
        FaultWorld world = shared;
        if (world == null) {
            if (tried) {
                throw new IllegalStateException("it did not start; the first test that asked for it says why");
            }
            tried = true;
            Path directory = Files.createTempDirectory("tidegate-faults");
            world = start(directory);
            shared = world;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAndDelete(directory)));
        }
        return world;
    }

    private static synchronized void closeAndDelete(Path directory) {
        try {
            Objects.requireNonNull(shared).close();
            FileTree.delete(directory);
        } catch (IOException | RuntimeException e) {
            System.err.printf("could not tidy up %s: %s%n", directory, e);
        }
    }

    private static FaultWorld start(Path directory) throws Exception {
        FaultWorld world = new FaultWorld(directory);
        try {
            // Nothing happens to it: it shows that the harness itself is right, and fills the archive of classes.
            FaultRun.play(world, RunScript.of(WriteMode.INTO, List.of()));
            world.children.writeArchive();
            return world;
        } catch (AssertionError | Exception e) {
            world.close();
            throw e;
        }
    }

    MaxComputeServer maxCompute() {
        return maxCompute;
    }

    DataSourceConnection.MaxCompute project() {
        return new DataSourceConnection.MaxCompute(
                maxCompute.endpoint(), maxCompute.project(), maxCompute.accessId(), maxCompute.accessKey(), null);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Of the test itself; a run flushes what it sends. */
    KafkaProducer<String, String> producer() {
        return producer;
    }

    /** Of the test itself; a run assigns what it reads. */
    KafkaConsumer<String, String> consumer() {
        return consumer;
    }

    KafkaBroker broker() {
        return broker;
    }

    /** Stops the broker and starts it again on the same port. */
    void restartBroker() {
        broker.close();
        broker = KafkaBroker.start(directory.resolve("kafka"));
    }

    /** A directory and a number for one more run. */
    Path newRun() {
        try {
            return Files.createDirectory(directory.resolve("run-" + ++runs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a query, cells joined by '|', sorted. */
    List<String> sql(String statement) {
        try {
            var instance = SQLTask.run(odps, statement);
            instance.waitForSuccess();
            List<String> rows = new ArrayList<>();
            for (Record record : SQLTask.getResult(instance)) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < record.getColumnCount(); i++) {
                    cells.add(String.valueOf(record.get(i)));
                }
                rows.add(String.join("|", cells));
            }
            return rows.stream().sorted().toList();
        } catch (OdpsException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private void close() {
        maxCompute.faults().clear();
        children.close();
        producer.close(Duration.ZERO);
        consumer.close(Duration.ZERO);
        broker.close();
    }
}
