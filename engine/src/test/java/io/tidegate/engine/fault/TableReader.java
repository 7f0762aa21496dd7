package io.tidegate.engine.fault;

import java.util.ArrayList;
import java.util.List;

/** Reads the partition by SQL all the time, and remembers each state that it saw. */
final class TableReader implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    private final CopyJob job;
    private final List<String> seen = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    TableReader(CopyJob job) {
        this.job = job;
        thread = new Thread(this::read, "table-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (!closed) {
                String now = job.fingerprint();
                synchronized (seen) {
                    if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                        seen.add(now);
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
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
        if (failure != null) {
            throw failure;
        }
    }
}
