package io.tidegate.scheduler.dispatch;

import java.time.Duration;
import java.util.Set;

/**
 * How a worker works.
 *
 * @param name tells it apart from others in attempts and logs
 * @param host the machine it runs on, for people
 * @param version of the program, for people
 * @param threads how many attempts it runs at once; the slots of the resource groups bound all workers together
 * @param resourceGroups names of those it serves; empty for all
 * @param drain how long running attempts may go on by themselves when the worker is closed
 * @param shutdownGrace how long they may take to end after that, once they are told to
 */
public record WorkerSettings(
        WorkerName name,
        String host,
        String version,
        int threads,
        Set<String> resourceGroups,
        LeaseSettings lease,
        JournalLimits journal,
        Duration drain,
        Duration shutdownGrace) {
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(20);

    public WorkerSettings {
        resourceGroups = Set.copyOf(resourceGroups);
        if (threads < 1 || threads > 1000) {
            throw new IllegalArgumentException("a worker has 1 to 1000 threads, not " + threads);
        }
    }

    /** Serves all resource groups, and hands over what it runs as soon as it is closed. */
    public static WorkerSettings of(String name, int threads) {
        return new WorkerSettings(
                new WorkerName(name),
                "localhost",
                "",
                threads,
                Set.of(),
                LeaseSettings.DEFAULT,
                JournalLimits.DEFAULT,
                Duration.ZERO,
                SHUTDOWN_GRACE);
    }

    public WorkerSettings onHost(String newHost, String newVersion) {
        return new WorkerSettings(
                name, newHost, newVersion, threads, resourceGroups, lease, journal, drain, shutdownGrace);
    }

    public WorkerSettings serving(Set<String> groups) {
        return new WorkerSettings(name, host, version, threads, groups, lease, journal, drain, shutdownGrace);
    }

    public WorkerSettings withLease(LeaseSettings newLease) {
        return new WorkerSettings(
                name, host, version, threads, resourceGroups, newLease, journal, drain, shutdownGrace);
    }

    public WorkerSettings drainingFor(Duration newDrain) {
        return new WorkerSettings(
                name, host, version, threads, resourceGroups, lease, journal, newDrain, shutdownGrace);
    }
}
