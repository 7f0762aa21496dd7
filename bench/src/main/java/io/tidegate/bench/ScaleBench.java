package io.tidegate.bench;

import io.tidegate.bench.scale.CpuTime;
import io.tidegate.bench.scale.DispatchScale;
import io.tidegate.bench.scale.ListScale;
import io.tidegate.bench.scale.PlanScale;
import io.tidegate.bench.scale.ScaleDatabase;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures the scheduler at the size of a company, on a PostgreSQL of its own on the same machine: planning a day, starting
 * what is due, beside db-scheduler and Quartz, and listing instances.
 *
 * <p>Arguments, all optional: {@code parts=plan,dispatch,peers,list nodes=100000 burst=10000 sustained=60000 rate=50
 * seconds=60 threads=32 rows=10000000 directory=DIR}.
 */
final class ScaleBench {
    private ScaleBench() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        List<String> parts =
                List.of(settings.text("parts", "plan,dispatch,peers,list").split(","));
        try (PostgresServer server =
                PostgresServer.start(Path.of(settings.text("directory", "target/bench-postgres")))) {
            load();
            CpuTime cpu = new CpuTime(server.pid());
            if (parts.contains("plan")) {
                try (ScaleDatabase database = ScaleDatabase.empty(server, "scale_plan")) {
                    PlanScale.run(database, cpu, settings.number("nodes", 100_000));
                }
                load();
            }
            if (parts.contains("dispatch")) {
                DispatchScale.run(
                        server,
                        cpu,
                        new DispatchScale.Sizes(
                                settings.number("burst", 10_000),
                                settings.number("sustained", 60_000),
                                settings.number("rate", 50),
                                settings.number("seconds", 60),
                                settings.number("threads", 32)),
                        parts.contains("peers"));
                load();
            }
            if (parts.contains("list")) {
                try (ScaleDatabase database = ScaleDatabase.empty(server, "scale_list")) {
                    ListScale.run(database, settings.number("rows", 10_000_000));
                }
                load();
            }
        }
    }

    /** Who quotes a figure must know how busy the machine was. */
    private static void load() {
        System.out.printf(
                Locale.ROOT,
                "load of the machine %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
