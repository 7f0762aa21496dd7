package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.Progress;
import io.tidegate.engine.Progress.Stage;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the slices of a plan in threads, tries again those that break off, and reports progress twice a second. */
final class SliceCopy {
    private static final long PROGRESS_MILLIS = 500;
    private static final long ASK_MILLIS = 100;
    private static final long STOP_MILLIS_MAX = 1500;

    private final List<SliceSpec> slices;
    private final int concurrent;
    private final Throttle throttle;
    private final SyncLimits limits;
    private final RunJournal journal;
    private final Cancellation cancellation;
    private final DirtyRecords dirtyRecords;
    private final ConcurrentHashMap<Integer, Position> positions = new ConcurrentHashMap<>();
    private final Pace pace = new Pace();
    private final long beganNanos = System.nanoTime();
    private volatile boolean stopping;

    SliceCopy(
            List<SliceSpec> slices,
            int concurrent,
            DirtyRecords dirtyRecords,
            Throttle throttle,
            SyncLimits limits,
            RunJournal journal,
            Cancellation cancellation) {
        this.slices = slices;
        this.concurrent = concurrent;
        this.throttle = throttle;
        this.limits = limits;
        this.journal = journal;
        this.cancellation = cancellation;
        this.dirtyRecords = dirtyRecords;
    }

    /** How far a slice is. */
    private record Position(SliceCounts counts, long passed) {}

    /**
     * Copies all slices.
     *
     * @return one result for each slice, in their order
     * @throws EngineFailure of the first slice that failed for good; the others are stopped
     * @throws StoppedException when the cancellation was requested
     */
    List<SliceResult> run(String label) throws EngineFailure, StoppedException {
        if (slices.isEmpty()) {
            return List.of();
        }
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(concurrent, slices.size()), task -> {
            Thread thread = new Thread(task, label + "-slice-thread-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<SliceResult> running = new ExecutorCompletionService<>(threads);
            for (SliceSpec slice : slices) {
                running.submit(() -> copy(slice));
            }
            return await(running);
        } finally {
            stop(threads);
        }
    }

    private List<SliceResult> await(CompletionService<SliceResult> running) throws EngineFailure, StoppedException {
        List<SliceResult> results = new ArrayList<>();
        int lateRuns = 0;
        long reportedNanos = System.nanoTime();
        journal.progress(progress(Stage.COPY));
        while (results.size() < slices.size()) {
            if (cancellation.requested()) {
                throw new StoppedException();
            }
            try {
                Future<SliceResult> done = running.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
                if (done != null) {
                    // Thousands of slices may each have found as many as all together may list.
                    SliceResult result = done.get().withLateRuns(LateFound.RUNS_MAX - lateRuns);
                    lateRuns += result.late().runs().size();
                    results.add(result);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            } catch (ExecutionException e) {
                if (cancellation.requested() && e.getCause() instanceof EngineFailure) {
                    // The slice may have seen the request first, and ended because of it.
                    throw new StoppedException();
                }
                throw CancellableCalls.unwrapped(e);
            }
            if (System.nanoTime() - reportedNanos >= TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS)) {
                reportedNanos = System.nanoTime();
                journal.progress(progress(Stage.COPY));
            }
        }
        journal.progress(progress(Stage.COPY));
        results.sort(Comparator.comparingInt(result -> result.slice().number()));
        return results;
    }

    private void stop(ExecutorService threads) {
        stopping = true;
        threads.shutdownNow();
        try {
            // What is still under way after this writes blocks of a session that nobody commits.
            if (!threads.awaitTermination(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                journal.log(
                        Level.WARN,
                        "A slice did not stop at once; it goes on without effect until its connection ends.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SliceResult copy(SliceSpec slice) throws EngineFailure {
        for (int tries = 1; ; tries++) {
            OneTry oneTry = new OneTry(slice);
            try {
                SliceResult result = SliceRunner.run(slice, oneTry);
                oneTry.dirty.keep();
                return result;
            } catch (EngineFailure failure) {
                oneTry.drop();
                // A stall has already waited long; whether to wait again is for the next attempt.
                boolean last = tries >= limits.sliceTries() || failure.kind() == FailureKind.STALLED;
                if (stopping || last || !failure.retryable()) {
                    throw failure;
                }
                journal.log(
                        Level.WARN,
                        "Slice %d (partition %d, offsets %d to %d) broke off: %s Reading it again from its start, try %d of %d."
                                .formatted(
                                        slice.slice().number(),
                                        slice.slice().partition(),
                                        slice.slice().begin(),
                                        slice.slice().end(),
                                        failure.userMessage(),
                                        tries + 1,
                                        limits.sliceTries()));
                pause(limits.retryPause().toMillis() << (tries - 1));
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How far the copy is. Called by one thread at a time. */
    Progress progress(Stage stage) {
        SliceCounts sum = SliceCounts.NONE;
        long passed = 0;
        for (Position position : positions.values()) {
            sum = sum.plus(position.counts());
            passed += position.passed();
        }
        long planned = slices.stream()
                .mapToLong(s -> s.slice().end() - s.slice().begin())
                .sum();
        pace.add(new Pace.Sample(seconds(), passed, sum.read(), sum.bytes()));
        Pace.Speed speed = pace.speed();
        return new Progress(
                stage,
                planned,
                passed,
                sum.read(),
                sum.written(),
                sum.filtered(),
                sum.dirty(),
                sum.bytes(),
                speed.records(),
                speed.bytes(),
                pace.secondsLeft(planned - passed));
    }

    /** Seconds since the copy began. */
    double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    /** One try of one slice. */
    private final class OneTry implements SliceObserver {
        private final SliceSpec slice;
        private final DirtyRecords.OfOneTry dirty = dirtyRecords.begin();

        OneTry(SliceSpec slice) {
            this.slice = slice;
        }

        @Override
        public void advanced(SliceCounts counts, long position) throws EngineFailure {
            // The last poll may step over offsets behind the end.
            long passed =
                    Math.min(position, slice.slice().end()) - slice.slice().begin();
            positions.put(slice.slice().number(), new Position(counts, passed));
            if (stopping || cancellation.requested()) {
                throw EngineFailure.lasting(FailureKind.TRANSFER, "The slice was stopped.");
            }
        }

        @Override
        public void dirty(DirtyRecord record) throws EngineFailure {
            dirty.add(record);
        }

        @Override
        public long passed(long bytes) {
            return throttle.passed(bytes);
        }

        void drop() {
            dirty.drop();
            positions.remove(slice.slice().number());
        }
    }
}
