package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes batches of records from the thread that reads a slice to the one that maps it. A few fit in, so that memory is bounded
 * and either side may stumble for a moment.
 */
final class RecordQueue {
    /** One batch of records ends where it has so many bytes … */
    static final int BATCH_BYTES = 256 << 10;

    /** … or so many records, lest very small ones hold many times their own bytes. */
    static final int BATCH_RECORDS = 1000;

    private static final int BATCHES = 4;
    private static final long ASK_MILLIS = 100;

    private final BlockingQueue<RecordBatch> batches = new ArrayBlockingQueue<>(BATCHES);
    private volatile @Nullable Throwable failure;
    private volatile boolean brokenOff;
    private long readerWaitedNanos;
    private long mapperWaitedNanos;

    /**
     * Called by the reading thread: waits for a free place.
     *
     * @return false when nobody wants records any more
     */
    boolean put(RecordBatch batch) throws InterruptedException {
        if (!brokenOff && batches.offer(batch)) {
            return true;
        }
        long begin = System.nanoTime();
        try {
            while (!brokenOff) {
                if (batches.offer(batch, ASK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } finally {
            readerWaitedNanos += System.nanoTime() - begin;
        }
    }

    /** Called by the reading thread: nothing more comes, because of this. */
    void failed(Throwable met) {
        failure = met;
    }

    /**
     * Called by the mapping thread.
     *
     * @return the next batch, or null when there was none for a tenth of a second
     * @throws EngineFailure the reader's
     */
    @Nullable RecordBatch take() throws EngineFailure {
        RecordBatch next = batches.poll();
        if (next != null) {
            return next;
        }
        long begin = System.nanoTime();
        try {
            next = batches.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                Handover.rethrow(failure);
            }
            return next;
        } catch (InterruptedException e) {
            throw Handover.interrupted();
        } finally {
            mapperWaitedNanos += System.nanoTime() - begin;
        }
    }

    /** Called by the mapping thread: nobody wants records any more. */
    void breakOff() {
        brokenOff = true;
    }

    boolean isBrokenOff() {
        return brokenOff;
    }

    /** How long the reading thread waited for a place. Asked when it has ended. */
    long readerWaitedNanos() {
        return readerWaitedNanos;
    }

    /** How long the mapping thread waited for records. */
    long mapperWaitedNanos() {
        return mapperWaitedNanos;
    }
}
