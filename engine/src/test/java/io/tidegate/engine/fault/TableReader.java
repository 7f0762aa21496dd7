package io.tidegate.engine.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the partition by SQL all the time, and remembers each state that it saw. */
final class TableReader implements AutoCloseable {
    private static final long PAUSE_MILLIS_MIN = 200;

    /** So that reading stays a small part of the work on a machine that is busy. */
    private static final int PAUSE_PER_QUERY = 4;

    private final CopyJob job;
    private final List<String> seen = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    TableReader(CopyJob job) {
        this.job = job;
        thread = new Thread(this::read, "table-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (!closed) {
                long begin = System.nanoTime();
                String now = job.fingerprint();
                long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                synchronized (seen) {
                    if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                        seen.add(now);
                    }
                }
                Thread.sleep(Math.max(PAUSE_MILLIS_MIN, took * PAUSE_PER_QUERY));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** The states, each once for as long as it lasted. */
    List<String> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException met = failure;
        failure = null;
        if (met != null) {
            throw met;
        }
    }
}
