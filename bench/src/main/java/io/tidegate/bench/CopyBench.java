package io.tidegate.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.plan.PlanSlicer;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Timings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Measures, in turn and many times: (a) a bare consumer loop, (b) a bare Tunnel writer of the same rows, once by the SDK and
 * once by the engine's encoder, (c) the copy; and prints the medians and their ratios.
 *
 * <p>Arguments, all optional: {@code records=2000000 partitions=4 threads=1 rounds=5 shape=json|attributes
 * compression=lz4|none|… directory=DIR}.
 */
final class CopyBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CopyBench() {}

    /** One run: seconds by the clock, and CPU seconds of this process and of both servers. */
    private record Run(double seconds, double cpu, double brokerCpu, double sinkCpu, long records) {
        double recordsPerSecond() {
            return records / seconds;
        }

        double cpuMicrosPerRecord() {
            return cpu / records * 1e6;
        }
    }

    /** Something to measure. */
    @FunctionalInterface
    private interface Work {
        /** @return records that went through */
        long run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        int records = settings.number("records", 2_000_000);
        int threads = settings.number("threads", 1);
        int rounds = settings.number("rounds", 5);
        Orders.Shape shape = Orders.Shape.named(settings.text("shape", "json"));
        try (Servers servers = Servers.start(settings.text("directory", "target/bench-kafka"), shape)) {
            String topic = OrdersTopic.fill(
                    servers.kafka().bootstrapServers(),
                    records,
                    settings.number("partitions", 4),
                    settings.text("compression", "lz4"));
            Copy copy = new Copy(
                    servers.kafka(),
                    servers.maxCompute(),
                    topic,
                    shape,
                    "{\"throttle\":false,\"concurrent\":%d}".formatted(threads));
            List<Timings> timings = new ArrayList<>();
            copy.run();
            List<PlanSlice> slices = PlanSlicer.slice(copy.plan(), threads);
            BareWriter writer = new BareWriter(servers.target(), shape);
            Map<String, Work> works = new LinkedHashMap<>();
            works.put(
                    "(a) bare reader",
                    () -> BareReader.run(servers.kafka().bootstrapServers(), topic, slices, threads));
            works.put("(b1) bare writer, SDK", () -> writer.bySdk(slices, threads));
            works.put("(b2) bare writer, engine", () -> writer.byEngine(slices, threads));
            works.put("(c) copy", () -> {
                Receipt receipt = copy.run();
                timings.add(Objects.requireNonNull(receipt.timings()));
                return receipt.written();
            });
            Map<String, List<Run>> runs = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<String, Work> work : works.entrySet()) {
                    Run run = measured(work.getValue(), servers);
                    if (run.records() != records) {
                        throw new IllegalStateException(
                                "%s: %d records of %d".formatted(work.getKey(), run.records(), records));
                    }
                    // The first round warms up.
                    if (round > 0) {
                        runs.computeIfAbsent(work.getKey(), key -> new ArrayList<>())
                                .add(run);
                    }
                }
                System.out.printf(Locale.ROOT, "round %d, load %.1f%n", round, SYSTEM.getSystemLoadAverage());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%n%d records, %d slices, %d at a time, medians of %d rounds, %s%n%n",
                    records,
                    slices.size(),
                    threads,
                    rounds,
                    settings.values());
            print(runs);
            System.out.println();
            System.out.println(timings.get(timings.size() - 1).sentence());
        }
    }

    private static Run measured(Work work, Servers servers) throws Exception {
        long broker = servers.broker().cpu().toMillis();
        long sink = servers.sink().cpu().toMillis();
        long cpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        long records = work.run();
        return new Run(
                (System.nanoTime() - begin) / 1e9,
                (SYSTEM.getProcessCpuTime() - cpu) / 1e9,
                (servers.broker().cpu().toMillis() - broker) / 1e3,
                (servers.sink().cpu().toMillis() - sink) / 1e3,
                records);
    }

    private static void print(Map<String, List<Run>> runs) {
        System.out.println(
                "| | records/s | CPU µs/record | broker CPU s | sink CPU s | (c) / this, by the clock | (c) / this, by"
                        + " CPU |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Run> copies = Objects.requireNonNull(runs.get("(c) copy"));
        runs.forEach((name, of) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                median(of, Run::recordsPerSecond),
                median(of, Run::cpuMicrosPerRecord),
                median(of, Run::brokerCpu),
                median(of, Run::sinkCpu),
                ratio(copies, of, Run::recordsPerSecond),
                ratio(copies, of, Run::cpuMicrosPerRecord)));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of the ratios round by round: what slows the machine down for a while slows both sides of one ratio. */
    private static double ratio(List<Run> copies, List<Run> others, ToDoubleFunction<Run> figure) {
        double[] ratios = new double[copies.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(copies.get(i)) / figure.applyAsDouble(others.get(i));
        }
        java.util.Arrays.sort(ratios);
        int middle = ratios.length / 2;
        return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
    }
}
