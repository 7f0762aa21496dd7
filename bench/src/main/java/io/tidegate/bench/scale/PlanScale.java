package io.tidegate.bench.scale;

import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.duty.PlanReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Plans one day of many hourly nodes. */
public final class PlanScale {
    private static final Instant DEPLOYED = Instant.parse("2022-11-22T02:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2022-11-22T16:00:00Z");
    /** From half past eleven at night on, the next day is planned. */
    private static final Instant NIGHT = Instant.parse("2022-11-22T15:31:00Z");

    private PlanScale() {}

    public static void run(ScaleDatabase database, CpuTime cpu, int nodes) throws SQLException {
        AtomicReference<Instant> now = new AtomicReference<>(DEPLOYED);
        InstantSource clock = now::get;
        ManyNodes many = ManyNodes.in(database, clock);
        PlanInstances planner = new PlanInstances(many.jdbi(), clock);
        planner.tick();
        many.deploy(nodes, Hour.every(1, LocalTime.MIDNIGHT, LocalTime.of(23, 59)), true, TOMORROW);
        long before = database.megabytes();
        now.set(NIGHT);
        resetPeaks();
        cpu.begin();
        long begin = System.nanoTime();
        PlanReport report = planner.tick();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double worked = cpu.spent();
        long edges = database.number("SELECT count(*) FROM instance_dependency");
        System.out.printf(
                Locale.ROOT,
                "plan: %,d nodes, %,d instances and %,d edges in %.1f s, %,.0f instances/s; CPU %.1f s, %.0f µs an instance; +%,d MB of disk, heap at most %,d MB%n",
                nodes,
                report.planned(),
                edges,
                seconds,
                report.planned() / seconds,
                worked,
                worked / report.planned() * 1e6,
                database.megabytes() - before,
                peak() >> 20);
        if (report.planned() < nodes * 24L || !report.findings().isEmpty()) {
            throw new IllegalStateException("not everything was planned: " + report);
        }
        begin = System.nanoTime();
        int again = planner.tick().planned();
        System.out.printf(
                Locale.ROOT, "plan: once more, %d instances in %.0f ms%n", again, (System.nanoTime() - begin) / 1e6);
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
