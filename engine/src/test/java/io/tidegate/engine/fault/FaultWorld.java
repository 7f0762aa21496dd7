package io.tidegate.engine.fault;

import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.task.SQLTask;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.kafka.KafkaBroker;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers and engines of the runs: a broker of their own, which may be restarted, and the shared MaxCompute. */
final class FaultWorld implements AutoCloseable {
    final Children children;
    private final Path directory;
    private final MaxComputeServer maxCompute = Sandbox.shared().maxCompute();
    private final String bootstrapServers;
    private final Odps odps = new Odps(new AliyunAccount(maxCompute.accessId(), maxCompute.accessKey()));
    private KafkaBroker broker;
    private int runs;

    private FaultWorld(Path directory) {
        this.directory = directory;
        odps.setEndpoint(maxCompute.endpoint());
        odps.setDefaultProject(maxCompute.project());
        broker = KafkaBroker.start(directory.resolve("kafka"));
        bootstrapServers = broker.bootstrapServers();
        children = new Children(directory);
    }

    static FaultWorld start(Path directory) throws Exception {
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

    @Override
    public void close() {
        maxCompute.faults().clear();
        children.close();
        broker.close();
    }
}
