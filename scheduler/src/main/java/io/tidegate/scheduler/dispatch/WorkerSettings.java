package io.tidegate.scheduler.dispatch;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param name tells it apart from others; two that run at once need two names
 * @param threads how many attempts it runs at once; the slots of the resource groups bound all workers together
 * @param shutdownGrace how long attempts may take to end when the worker is closed
 */
public record WorkerSettings(
        WorkerName name, int threads, LeaseSettings lease, JournalLimits journal, Duration shutdownGrace) {
    public WorkerSettings {
        if (threads < 1 || threads > 1000) {
            throw new IllegalArgumentException("a worker has 1 to 1000 threads, not " + threads);
        }
    }

    public static WorkerSettings of(String name, int threads) {
        return new WorkerSettings(
                new WorkerName(name), threads, LeaseSettings.DEFAULT, JournalLimits.DEFAULT, Duration.ofSeconds(20));
    }
}
