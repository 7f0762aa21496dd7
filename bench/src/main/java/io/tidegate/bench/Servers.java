package io.tidegate.bench;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.maxcompute.BlockCodec;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The broker and the sink, each in a process of its own. */
record Servers(Child broker, Child sink) implements AutoCloseable {

    /**
     * @param directory where the broker keeps its records
     */
    static Servers start(String directory, Orders.Shape shape) throws IOException {
        Child broker = Child.start(BrokerProcess.class, List.of("-Xmx768m"), directory);
        try {
            Child sink = Child.start(
                    SinkProcess.class, List.of("-Xmx256m", "-Dsun.net.httpserver.nodelay=true"), shape.columnsJson());
            return new Servers(broker, sink);
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    DataSourceConnection.Kafka kafka() {
        return new DataSourceConnection.Kafka(broker.answer(), Map.of());
    }

    DataSourceConnection.MaxCompute maxCompute() {
        return new DataSourceConnection.MaxCompute(
                "http://" + sink.answer() + "/api", "bench", "id", "key", "http://" + sink.answer());
    }

    UploadTarget target() {
        return new UploadTarget(maxCompute(), null, "bench", null, WriteMode.OVERWRITE, null, BlockCodec.LZ4);
    }

    @Override
    public void close() throws IOException {
        try {
            broker.close();
        } finally {
            sink.close();
        }
    }
}
