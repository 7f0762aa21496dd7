package io.tidegate.sandbox.maxcompute;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the local MaxCompute is started.
 *
 * @param port 0 for the port of the last start on the same directory, or a free one at the first
 * @param accessId null for the kept one, or a new one at the first start
 * @param accessKey null likewise
 * @param projects made at the start unless they are there; the first is the default
 * @param checkSignatures false lets every request pass
 * @param clockSkewMax how far a client's clock may be off
 * @param zone in which dates are shown, as odps.sql.timezone of a project
 * @param clock of session lives and of skew
 * @param memoryMegabytes for DuckDB
 */
public record MaxComputeOptions(
        int port,
        @Nullable String accessId,
        @Nullable String accessKey,
        List<String> projects,
        boolean checkSignatures,
        Duration clockSkewMax,
        ZoneId zone,
        InstantSource clock,
        int memoryMegabytes) {

    public MaxComputeOptions {
        projects = List.copyOf(projects);
        if (projects.isEmpty()) {
            throw new IllegalArgumentException("at least one project is needed");
        }
    }

    /** Kept port and keys, projects tidegate_prod and tidegate_dev, signatures checked, Shanghai time as MaxCompute has it. */
    public static MaxComputeOptions defaults() {
        return new MaxComputeOptions(
                0,
                null,
                null,
                List.of("tidegate_prod", "tidegate_dev"),
                true,
                Duration.ofMinutes(15),
                ZoneId.of("Asia/Shanghai"),
                InstantSource.system(),
                1024);
    }

    public MaxComputeOptions withPort(int newPort) {
        return new MaxComputeOptions(
                newPort, accessId, accessKey, projects, checkSignatures, clockSkewMax, zone, clock, memoryMegabytes);
    }

    public MaxComputeOptions withKeys(String newId, String newKey) {
        return new MaxComputeOptions(
                port, newId, newKey, projects, checkSignatures, clockSkewMax, zone, clock, memoryMegabytes);
    }

    public MaxComputeOptions withProjects(List<String> newProjects) {
        return new MaxComputeOptions(
                port, accessId, accessKey, newProjects, checkSignatures, clockSkewMax, zone, clock, memoryMegabytes);
    }

    public MaxComputeOptions withZone(ZoneId newZone) {
        return new MaxComputeOptions(
                port, accessId, accessKey, projects, checkSignatures, clockSkewMax, newZone, clock, memoryMegabytes);
    }

    /** For tests that move time; the skew between it and the clients' clocks is then to be widened as well. */
    public MaxComputeOptions withClock(InstantSource newClock, Duration newSkewMax) {
        return new MaxComputeOptions(
                port, accessId, accessKey, projects, checkSignatures, newSkewMax, zone, newClock, memoryMegabytes);
    }

    public MaxComputeOptions withoutSignatures() {
        return new MaxComputeOptions(
                port, accessId, accessKey, projects, false, clockSkewMax, zone, clock, memoryMegabytes);
    }
}
