package io.tidegate.bench;

import io.tidegate.sandbox.kafka.KafkaBroker;
import java.nio.file.Path;

/** A Kafka broker in a JVM of its own. */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(Path.of(arguments[0]))) {
            Child.serve(broker.bootstrapServers());
        }
    }
}
