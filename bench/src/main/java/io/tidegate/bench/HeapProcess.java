package io.tidegate.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.receipt.Receipt;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The JVM with the small heap: makes the copy and tells what the heap held after each of its collections. */
final class HeapProcess {
    private static final List<String> OUTSIDE =
            List.of("Metaspace", "CodeCache", "Code Cache", "CodeHeap", "Class Space");

    private HeapProcess() {}

    public static void main(String[] arguments) throws Exception {
        ConcurrentLinkedQueue<String> samples = new ConcurrentLinkedQueue<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> samples.add(sample((CompositeData) notification.getUserData())),
                            null,
                            null);
        }
        Orders.Shape shape =
                new Orders.Shape(List.of(arguments[3].split(",", -1)), List.of(arguments[4].split(",", -1)));
        Copy copy = new Copy(
                new DataSourceConnection.Kafka(arguments[0], Map.of()),
                new DataSourceConnection.MaxCompute(
                        "http://" + arguments[1] + "/api", "bench", "id", "key", "http://" + arguments[1]),
                arguments[2],
                shape,
                "{\"throttle\":false,\"concurrent\":%s}".formatted(arguments[5]));
        Receipt receipt = copy.run();
        String summary = String.format(
                Locale.ROOT,
                "Copied %,d records, %.0f MB, with a heap of %d MB, %s slices at a time.",
                receipt.written(),
                receipt.bytesRead() / 1e6,
                Runtime.getRuntime().maxMemory() >> 20,
                arguments[5]);
        Child.serve(summary + ";" + String.join(";", samples));
    }

    private static String sample(CompositeData data) {
        var collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
        long used = collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> OUTSIDE.stream().noneMatch(pool.getKey()::contains))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        return String.format(Locale.ROOT, "%.2f:%.1f", collection.getEndTime() / 1e3, used / 1e6);
    }
}
