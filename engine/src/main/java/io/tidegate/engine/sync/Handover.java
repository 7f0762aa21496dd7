package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes encoded rows from the thread that maps a slice to the one that writes it, in a few pages that go round: memory
 * is bounded in bytes, however long a record is.
 *
 * <p>Methods of the mapping thread: {@link #firstPage}, {@link #turn}, {@link #endBlock}, {@link #awaitWritten}. Methods
 * of the writing thread: {@link #take}, {@link #giveBack}, {@link #written}, {@link #failed}.
 */
final class Handover {
    /** As long as a block of the compressed frame. */
    static final int PAGE_BYTES = 256 << 10;

    /** One that is filled, one that is sent, and two in between for the times when either side stumbles. */
    static final int PAGES = 4;

    private static final long ASK_MILLIS = 100;

    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(PAGES);
    private final BlockingQueue<Item> filled = new LinkedBlockingQueue<>();
    private final Waiting waiting;
    private final long stallNanos;
    private long mapperWaitedNanos;
    private volatile @Nullable Throwable failure;
    private volatile boolean written;
    private volatile long busySinceNanos;
    private volatile boolean busy;

    /** Asked again and again while the mapping thread waits for the writing one. */
    @FunctionalInterface
    interface Waiting {
        /**
         * @throws EngineFailure to end the waiting
         */
        void on() throws EngineFailure;
    }

    /** What the writing thread is to do next. */
    sealed interface Item {
        /** Send a page. */
        @SuppressWarnings("ArrayRecordComponent") // The page itself goes round, not a copy.
        record Page(byte[] bytes, int length, boolean flush) implements Item {}

        /** End the block. */
        record EndOfBlock() implements Item {}

        /** Nothing more comes. */
        record EndOfSlice() implements Item {}

        /** The mapping thread gave up: what was begun must not become a block. */
        record BrokenOff() implements Item {}
    }

    /**
     * @param stall the mapping thread fails when the writing one is busy with one item for so long
     */
    Handover(Duration stall, Waiting waiting) {
        this.stallNanos = stall.toNanos();
        this.waiting = waiting;
        for (int i = 1; i < PAGES; i++) {
            empty.add(new byte[PAGE_BYTES]);
        }
    }

    byte[] firstPage() {
        return new byte[PAGE_BYTES];
    }

    /**
     * Passes a page on and waits for an empty one.
     *
     * @param flush whether the page must go out at once, with all before it
     */
    byte[] turn(byte[] page, int length, boolean flush) throws EngineFailure {
        throwFailure();
        filled.add(new Item.Page(page, length, flush));
        byte[] next = empty.poll();
        if (next != null) {
            return next;
        }
        long begin = System.nanoTime();
        try {
            while (true) {
                next = empty.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
                stillWaiting();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            mapperWaitedNanos += System.nanoTime() - begin;
        }
    }

    void endBlock() {
        filled.add(new Item.EndOfBlock());
    }

    /** Waits until the writing thread has done all it was given. */
    void awaitWritten() throws EngineFailure {
        long begin = System.nanoTime();
        filled.add(new Item.EndOfSlice());
        try {
            synchronized (this) {
                while (!written) {
                    wait(ASK_MILLIS);
                    stillWaiting();
                }
            }
            throwFailure();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            mapperWaitedNanos += System.nanoTime() - begin;
        }
    }

    /** The mapping thread gives up. */
    void breakOff() {
        filled.clear();
        filled.add(new Item.BrokenOff());
    }

    long mapperWaitedNanos() {
        return mapperWaitedNanos;
    }

    private void stillWaiting() throws EngineFailure {
        throwFailure();
        waiting.on();
        if (busy && System.nanoTime() - busySinceNanos > stallNanos) {
            throw EngineFailure.passing(
                    FailureKind.STALLED,
                    "MaxCompute took nothing for %d seconds while a block was being written. Check the network between here and the Tunnel endpoint, and the project's quota."
                            .formatted(TimeUnit.NANOSECONDS.toSeconds(stallNanos)),
                    null);
        }
    }

    private void throwFailure() throws EngineFailure {
        rethrow(failure);
    }

    /** Throws what another thread of the slice met; nothing when that is null. */
    static void rethrow(@Nullable Throwable met) throws EngineFailure {
        if (met instanceof EngineFailure engineFailure) {
            throw engineFailure;
        }
        if (met instanceof RuntimeException defect) {
            throw defect;
        }
        if (met instanceof Error error) {
            throw error;
        }
    }

    static EngineFailure interrupted() {
        Thread.currentThread().interrupt();
        return EngineFailure.passing(FailureKind.TRANSFER, "The slice was interrupted.", null);
    }

    /** The next thing to do; waits until there is one. */
    Item take() throws InterruptedException {
        busy = false;
        Item item = filled.take();
        busySinceNanos = System.nanoTime();
        busy = true;
        return item;
    }

    void giveBack(byte[] page) {
        // There are no more pages than places, so that this never fails.
        empty.add(page);
    }

    /** All is written. */
    synchronized void written() {
        written = true;
        notifyAll();
    }

    /** Writing failed; the mapping thread ends with the same failure. */
    synchronized void failed(Throwable met) {
        failure = met;
        written = true;
        notifyAll();
    }
}
