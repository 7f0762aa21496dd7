package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.RowMapper;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Copies one slice: reads its offsets, keeps the records of the window, maps them and writes them to one block, or several
 * where the first goes idle. What comes out depends on the spec alone; running it again replaces the blocks by the same
 * rows. It knows no database, so that it can run anywhere.
 *
 * <p>The calling thread maps, a second one reads and a third one writes: each goes on while the others wait for their servers.
 * Whatever ends one of them ends all.
 */
public final class SliceRunner {
    /** How long the end of the other threads is waited for. After that they go on alone, without effect. */
    private static final long BREAK_OFF_MILLIS_MAX = 1000;

    private SliceRunner() {}

    /**
     * Copies the slice to its end.
     *
     * @throws EngineFailure of the reader, the writer or the observer; the blocks are then not there, or as an earlier run
     *     of the same slice left them
     */
    public static SliceResult run(SliceSpec spec, SliceObserver observer) throws EngineFailure {
        RowMapper mapper;
        try {
            mapper = RowMapper.compile(spec.mapping());
        } catch (MappingRefused e) {
            throw EngineFailure.lasting(FailureKind.BAD_DOCUMENT, String.valueOf(e.getMessage()), e);
        }
        RecordQueue queue = new RecordQueue();
        SliceMapper mapping = new SliceMapper(spec, observer, mapper, queue);
        SliceReader reader = new SliceReader(spec, observer, queue);
        SliceWriter writer = new SliceWriter(spec, mapping.handover());
        Thread reading = daemon(reader, "reader");
        Thread writing = daemon(writer, "writer");
        writing.start();
        reading.start();
        boolean done = false;
        try {
            mapping.copy();
            reading.join();
            done = true;
        } catch (InterruptedException e) {
            throw Handover.interrupted();
        } finally {
            if (!done) {
                queue.breakOff();
                breakOff(writer, List.of(reading, writing));
            }
        }
        return mapping.result(reader, writer);
    }

    /** Ending a connection can itself wait, for a lock that a blocked write holds under TLS: hence a thread for it. */
    private static void breakOff(SliceWriter writer, List<Thread> others) {
        daemon(writer::breakOff, "breaker").start();
        boolean interrupted = Thread.interrupted();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BREAK_OFF_MILLIS_MAX);
        try {
            for (Thread other : others) {
                other.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work, String role) {
        Thread thread = new Thread(work, Thread.currentThread().getName() + "-" + role);
        thread.setDaemon(true);
        return thread;
    }
}
