package io.tidegate.engine.sync;

import io.tidegate.engine.receipt.LateRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the late records of one slice, in the order of their offsets. */
final class LateRuns {
    private static final long MINUTE_MILLIS = 60_000;

    private final int partition;
    private final long lateFrom;
    private final List<LateRun> runs = new ArrayList<>();
    private long records;
    private long listed;
    private long first;
    private long last;
    private long min;
    private long max;
    private boolean open;

    /**
     * @param lateFrom the first offset that can be late; null when none can
     */
    LateRuns(int partition, @Nullable Long lateFrom) {
        this.partition = partition;
        this.lateFrom = lateFrom == null ? Long.MAX_VALUE : lateFrom;
    }

    /** Whether a record from before the window is late at this offset; else the copy of an older window has read it. */
    boolean reaches(long offset) {
        return offset >= lateFrom;
    }

    void add(long offset, long timestamp) {
        records++;
        boolean continues = open
                && offset == last + 1
                && Math.floorDiv(timestamp, MINUTE_MILLIS) == Math.floorDiv(min, MINUTE_MILLIS);
        if (!continues) {
            close();
            open = true;
            first = offset;
            min = timestamp;
            max = timestamp;
        }
        last = offset;
        min = Math.min(min, timestamp);
        max = Math.max(max, timestamp);
    }

    LateFound found() {
        close();
        return new LateFound(records, records - listed, runs);
    }

    private void close() {
        if (open && runs.size() < LateFound.RUNS_MAX) {
            LateRun run = new LateRun(partition, first, last, Instant.ofEpochMilli(min), Instant.ofEpochMilli(max));
            listed += run.count();
            runs.add(run);
        }
        open = false;
    }
}
