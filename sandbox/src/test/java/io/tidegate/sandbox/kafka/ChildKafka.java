package io.tidegate.sandbox.kafka;

import java.nio.file.Path;

/** Main of a JVM of its own that holds a broker until its input ends or it is killed. */
final class ChildKafka {
    private ChildKafka() {}

    public static void main(String[] arguments) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(Path.of(arguments[0]))) {
            broker.createTopic("orders", 1, java.util.Map.of());
            System.out.printf("ready %s%n", broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // Nothing is said on this input; only its end counts.
            }
        }
    }
}
