package io.tidegate.bench.scale;

import io.tidegate.sandbox.postgres.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts work of nothing: much at one moment, very much at one moment, and a little all the time. */
public final class DispatchScale {
    private static final int FIRST = 1000;
    /** A server has run for days when a burst comes. */
    private static final int WARM = 5000;
    /** Enough to make the work known before it is due. */
    private static final Duration AHEAD = Duration.ofSeconds(8);

    private DispatchScale() {}

    /**
     * @param burst how many are due at one moment
     * @param sustained how many are due at one moment when it is about the dispatches a second
     * @param rate how many a second
     * @param seconds for how long
     */
    public record Sizes(int burst, int sustained, int rate, int seconds, int threads) {}

    /**
     * @param cpuMicros of this process and PostgreSQL for one start of the sustained load, its making known included
     */
    private record Result(Figures burst, Figures sustained, Figures rate, double cpuMicros) {}

    public static void run(PostgresServer server, CpuTime cpu, Sizes sizes, boolean peers) throws Exception {
        Map<String, Result> results = new LinkedHashMap<>();
        try (Tidegate tidegate = new Tidegate(
                ScaleDatabase.empty(server, "scale_dispatch"),
                Math.max(sizes.burst(), sizes.sustained()),
                sizes.threads())) {
            tidegate.awaitRoot();
            results.put(tidegate.name(), measure(tidegate, cpu, sizes));
        }
        if (peers) {
            try (Contender other =
                    new DbScheduler(ScaleDatabase.empty(server, "scale_db_scheduler"), sizes.threads())) {
                results.put(other.name(), measure(other, cpu, sizes));
            }
            try (Contender other = new Quartz(ScaleDatabase.empty(server, "scale_quartz"), sizes.threads())) {
                results.put(other.name(), measure(other, cpu, sizes));
            }
        }
        print(results, sizes);
    }

    private static Result measure(Contender contender, CpuTime cpu, Sizes sizes) throws Exception {
        List<Figures> figures = new ArrayList<>();
        contender.run(
                new Load("warm", Math.min(WARM, sizes.burst()), Instant.now().plus(AHEAD), Duration.ZERO));
        List<Load> loads = List.of(
                new Load("burst", sizes.burst(), Instant.EPOCH, Duration.ZERO),
                new Load("sustained", sizes.sustained(), Instant.EPOCH, Duration.ZERO),
                new Load(
                        "rate",
                        sizes.rate() * sizes.seconds(),
                        Instant.EPOCH,
                        Duration.ofSeconds(1).dividedBy(sizes.rate())));
        double cpuMicros = 0;
        for (Load load : loads) {
            cpu.begin();
            Duration ahead = AHEAD.plusMillis(load.count() / 5);
            Figures found = contender.run(
                    new Load(load.name(), load.count(), Instant.now().plus(ahead), load.apart()));
            figures.add(found);
            double micros = cpu.spent() / load.count() * 1e6;
            cpuMicros = load.name().equals("sustained") ? micros : cpuMicros;
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s of %,d: %s, all within %,.1f s, %,.0f starts/s, CPU %,.0f µs a start%n",
                    contender.name(),
                    load.name(),
                    load.count(),
                    found.text(),
                    found.largest() / 1000,
                    found.perSecond(),
                    micros);
        }
        return new Result(figures.get(0), figures.get(1), figures.get(2), cpuMicros);
    }

    private static void print(Map<String, Result> results, Sizes sizes) {
        System.out.printf(
                Locale.ROOT,
                "%n| | %,d at once: first %,d | %,d at once: all | starts/s of %,d | CPU µs/start | %d/s for %d s | starts/s, this / Tidegate | CPU, this / Tidegate |%n",
                sizes.burst(),
                FIRST,
                sizes.burst(),
                sizes.sustained(),
                sizes.rate(),
                sizes.seconds());
        System.out.println("|---|---|---|---|---|---|---|---|");
        Result own = results.values().iterator().next();
        results.forEach((name, result) -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %,.0f | %,.0f | %s | %.2f | %.2f |%n",
                name,
                result.burst().first(FIRST).text(),
                result.burst().text(),
                result.sustained().perSecond(),
                result.cpuMicros(),
                result.rate().text(),
                result.sustained().perSecond() / own.sustained().perSecond(),
                result.cpuMicros() / own.cpuMicros()));
    }
}
