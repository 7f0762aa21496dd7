package io.tidegate.engine.sync;

import static org.awaitility.Awaitility.await;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A copy in a thread of its own, to be looked at and to be stopped while it runs. */
final class BackgroundCopy {
    final RecordedJournal journal = new RecordedJournal();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CompletableFuture<RunOutcome> outcome;

    private BackgroundCopy(Copies copies, SyncLimits limits, Map<String, DataSourceConnection> dataSources) {
        RunRequest request = new RunRequest(
                "test-" + copies.topic,
                NodeType.BATCH_SYNC,
                copies.document.text(),
                dataSources,
                Copies.SHANGHAI,
                null,
                null);
        SyncRunner runner = new SyncRunner(InstantSource.fixed(Copies.NOW), limits);
        outcome = CompletableFuture.supplyAsync(
                () -> runner.run(request, journal, asked::get), work -> new Thread(work, "copy").start());
    }

    static BackgroundCopy start(Copies copies) {
        return start(copies, SyncLimits.DEFAULT, Copies.cluster(), Copies.project());
    }

    static BackgroundCopy start(
            Copies copies, SyncLimits limits, DataSourceConnection kafka, DataSourceConnection maxCompute) {
        return new BackgroundCopy(copies, limits, Map.of("kafka", kafka, "maxcompute", maxCompute));
    }

    BackgroundCopy until(Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (outcome.isDone()) {
                        throw new AssertionError("The copy has already ended: " + outcome.join());
                    }
                    return reached.call();
                });
        return this;
    }

    /** Until records have been read, and three reports in a row say that no more are. */
    BackgroundCopy untilItStandsStill() {
        return until(() -> {
            List<Long> read = journal.progress.stream().map(p -> p.read()).toList();
            int size = read.size();
            return size > 3
                    && read.get(size - 1) > 0
                    && read.subList(size - 3, size).stream().distinct().count() == 1;
        });
    }

    /** How a copy ended, and how long after it was asked to. */
    record Stopped(RunOutcome outcome, Duration after) {}

    /** Asks the copy to stop and waits for its end. */
    Stopped stop() throws Exception {
        long begin = System.nanoTime();
        asked.set(true);
        RunOutcome ended = outcome.get(60, TimeUnit.SECONDS);
        return new Stopped(ended, Duration.ofNanos(System.nanoTime() - begin));
    }

    boolean ended() {
        return outcome.isDone();
    }

    RunOutcome end() throws Exception {
        return outcome.get(120, TimeUnit.SECONDS);
    }
}
