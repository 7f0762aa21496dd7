package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.RowMapper;

/**
 * Copies one slice: reads its offsets, keeps the records of the window, maps them and writes them to one block, or several
 * where the first goes idle. What comes out depends on the spec alone; running it again replaces the blocks by the same
 * rows. It knows no database, so that it can run anywhere.
 *
 * <p>The calling thread reads, a second one writes: on a slow network each goes on while the other waits. Whatever ends one
 * of them ends both.
 */
public final class SliceRunner {
    /** How long the end of the writing thread is waited for. After that it goes on alone, without effect. */
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
        SliceReader reader = new SliceReader(spec, observer, mapper);
        SliceWriter writer = new SliceWriter(spec, reader.handover());
        Thread writing = daemon(writer, "writer");
        writing.start();
        boolean done = false;
        try {
            reader.copy();
            done = true;
        } finally {
            if (!done) {
                breakOff(writer, writing);
            }
        }
        return reader.result(writer);
    }

    /** Ending a connection can itself wait, for a lock that a blocked write holds under TLS: hence a thread for it. */
    private static void breakOff(SliceWriter writer, Thread writing) {
        daemon(writer::breakOff, "breaker").start();
        boolean interrupted = Thread.interrupted();
        try {
            writing.join(BREAK_OFF_MILLIS_MAX);
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
