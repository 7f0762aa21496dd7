package io.tidegate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Copies a window many times as large as the heap in a JVM of its own, and draws what the heap holds after each collection.
 *
 * <p>Arguments, all optional: {@code heap=64m records=2000000 partitions=4 threads=2 shape=json compression=lz4
 * directory=DIR}.
 */
final class HeapBench {
    private static final int LINES = 24;
    private static final int WIDTH = 60;

    private HeapBench() {}

    /** What the heap held after one collection. */
    private record Sample(double seconds, double megabytes) {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        String heap = settings.text("heap", "64m");
        int records = settings.number("records", 2_000_000);
        Orders.Shape shape = Orders.Shape.named(settings.text("shape", "json"));
        try (Servers servers = Servers.start(settings.text("directory", "target/bench-kafka"), shape)) {
            String topic = OrdersTopic.fill(
                    servers.kafka().bootstrapServers(),
                    records,
                    settings.number("partitions", 4),
                    settings.text("compression", "lz4"));
            List<Sample> samples = run(servers, topic, shape, heap, settings.number("threads", 2));
            draw(samples, heap);
        }
    }

    private static List<Sample> run(Servers servers, String topic, Orders.Shape shape, String heap, int threads)
            throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Child copy = Child.start(
                HeapProcess.class,
                List.of("-Xmx" + heap),
                servers.kafka().bootstrapServers(),
                servers.sink().answer(),
                topic,
                String.join(",", shape.fields()),
                String.join(",", shape.types()),
                Integer.toString(threads))) {
            String[] parts = copy.answer().split(";", -1);
            System.out.println(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                String[] sample = parts[i].split(":", -1);
                samples.add(new Sample(Double.parseDouble(sample[0]), Double.parseDouble(sample[1])));
            }
        }
        return samples;
    }

    /** One line for each part of the time, with the most that the heap held after a collection in it. */
    private static void draw(List<Sample> samples, String heap) {
        if (samples.isEmpty()) {
            System.out.println("The heap was never collected.");
            return;
        }
        double end = samples.get(samples.size() - 1).seconds();
        double most = samples.stream().mapToDouble(Sample::megabytes).max().orElse(1);
        System.out.printf(Locale.ROOT, "Heap after collections, MB, of -Xmx%s; %d collections%n", heap, samples.size());
        for (int line = 0; line < LINES; line++) {
            double from = end * line / LINES;
            double to = end * (line + 1) / LINES;
            double held = samples.stream()
                    .filter(s -> s.seconds() > from && s.seconds() <= to)
                    .mapToDouble(Sample::megabytes)
                    .max()
                    .orElse(Double.NaN);
            if (!Double.isNaN(held)) {
                System.out.printf(
                        Locale.ROOT, "%6.1f s %6.1f %s%n", to, held, "#".repeat((int) Math.round(held / most * WIDTH)));
            }
        }
    }
}
