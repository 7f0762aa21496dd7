package io.tidegate.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/** What this process and PostgreSQL have worked together: what can be compared on a machine that others use too. */
public final class CpuTime {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long server;
    private double before;

    /**
     * @param server process number of PostgreSQL
     */
    public CpuTime(long server) {
        this.server = server;
        this.before = seconds();
    }

    void begin() {
        before = seconds();
    }

    /** Since {@link #begin}. Sessions that have ended since are missing. */
    double spent() {
        return seconds() - before;
    }

    private double seconds() {
        double postgres = ProcessHandle.of(server).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .mapToDouble(handle ->
                        handle.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
        return postgres + SYSTEM.getProcessCpuTime() / 1e9;
    }
}
