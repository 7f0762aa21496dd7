package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.PartitionReader;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.plan.PlanSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The reading thread of one slice: reads offsets, keeps the records of the window, and holds the speed limit. */
final class SliceReader implements Runnable {
    /** How many bytes pass before the speed limit is asked again: small, so that it holds over short times too. */
    private static final long THROTTLED_BYTES = 64 << 10;

    private static final long PAUSE_NANOS_MAX = 100_000_000L;

    private final SliceSpec spec;
    private final SliceObserver observer;
    private final RecordQueue queue;
    private final LateRuns late;
    private final boolean needsTimestamps;
    private final long startMillis;
    private final long endMillis;
    private List<SourceRecord> batch = new ArrayList<>();
    private long batchBytes;
    private boolean wanted = true;
    private long position;
    private long read;
    private long before;
    private long after;
    private long bytes;
    private long bytesBooked;
    private long throttledNanos;
    private long allNanos;

    SliceReader(SliceSpec spec, SliceObserver observer, RecordQueue queue) {
        this.spec = spec;
        this.observer = observer;
        this.queue = queue;
        this.needsTimestamps = spec.windowStart() != null || spec.windowEnd() != null;
        this.startMillis =
                spec.windowStart() == null ? Long.MIN_VALUE : spec.windowStart().toEpochMilli();
        this.endMillis =
                spec.windowEnd() == null ? Long.MAX_VALUE : spec.windowEnd().toEpochMilli();
        this.late = new LateRuns(spec.slice().partition(), spec.lateFrom());
        this.position = spec.slice().begin();
    }

    @Override
    public void run() {
        long begin = System.nanoTime();
        try {
            read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.failed(new IllegalStateException("the thread that reads was interrupted", e));
        } catch (EngineFailure | RuntimeException | Error e) {
            queue.failed(e);
        } finally {
            allNanos = System.nanoTime() - begin;
        }
    }

    private void read() throws EngineFailure, InterruptedException {
        PlanSlice slice = spec.slice();
        try (PartitionReader reader =
                PartitionReader.open(spec.kafka(), spec.topic(), slice.partition(), slice.begin(), slice.end())) {
            while (wanted && !reader.atEnd()) {
                for (SourceRecord record : reader.poll()) {
                    take(record);
                    if (!wanted) {
                        return;
                    }
                }
                position = reader.position();
                if (!reader.atEnd()) {
                    // Also without records: who waits for them sees how far the slice is.
                    pass(false);
                }
            }
            if (wanted) {
                pass(true);
            }
        }
    }

    private void take(SourceRecord record) throws EngineFailure, InterruptedException {
        long length = record.bytes();
        read++;
        bytes += length;
        position = record.offset() + 1;
        if (needsTimestamps && record.timestamp() < 0) {
            throw EngineFailure.lasting(
                    FailureKind.DATA_EXPIRED,
                    "The record at partition %d, offset %d carries no timestamp, so that nobody can say whether it belongs to the window."
                            .formatted(record.partition(), record.offset()));
        }
        if (record.timestamp() < startMillis && leftOutAsOlder(record)) {
            before++;
        } else if (record.timestamp() >= endMillis) {
            after++;
        } else {
            batch.add(record);
            batchBytes += length;
        }
        if (bytes - bytesBooked >= THROTTLED_BYTES) {
            holdBack();
        }
        if (batchBytes >= RecordQueue.BATCH_BYTES || batch.size() >= RecordQueue.BATCH_RECORDS) {
            pass(false);
        }
    }

    private boolean leftOutAsOlder(SourceRecord record) {
        if (!late.reaches(record.offset())) {
            return true;
        }
        late.add(record.offset(), record.timestamp());
        return !spec.includesLate();
    }

    private void holdBack() throws EngineFailure, InterruptedException {
        long begin = System.nanoTime();
        long pause = observer.passed(bytes - bytesBooked);
        bytesBooked = bytes;
        if (pause <= 0) {
            return;
        }
        long until = begin + pause;
        for (long now = begin; until - now > 0 && !queue.isBrokenOff(); now = System.nanoTime()) {
            LockSupport.parkNanos(Math.min(until - now, PAUSE_NANOS_MAX));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        throttledNanos += System.nanoTime() - begin;
    }

    private void pass(boolean last) throws InterruptedException {
        wanted = queue.put(new RecordBatch(batch, position, read, before + after, bytes, last));
        batch = new ArrayList<>(batch.size());
        batchBytes = 0;
    }

    /** Records left out because they are older than the window. This and what follows is asked when the thread has ended. */
    long before() {
        return before;
    }

    long after() {
        return after;
    }

    LateFound lateFound() {
        return late.found();
    }

    long readingNanos() {
        return allNanos - throttledNanos - queue.readerWaitedNanos();
    }

    long throttledNanos() {
        return throttledNanos;
    }
}
