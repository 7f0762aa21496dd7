package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the dirty records of an attempt against its limit, and passes them on once each, however often a slice is tried. */
final class DirtyRecords {
    /** How many of one slice are shown; all are counted. */
    private static final int KEPT_PER_SLICE_MAX = 1000;

    private final RunJournal journal;
    private final DirtyFile file;
    private final @Nullable Long max;
    private final AtomicLong total = new AtomicLong();

    /**
     * @param file takes all of them
     * @param max one more than so many fails the copy; null for no limit
     */
    DirtyRecords(RunJournal journal, DirtyFile file, @Nullable Long max) {
        this.journal = journal;
        this.file = file;
        this.max = max;
    }

    OfOneTry begin() {
        return new OfOneTry();
    }

    /** The dirty records of one try of one slice. */
    final class OfOneTry {
        private final List<DirtyRecord> kept = new ArrayList<>();
        private final DirtyFile.Part part = file.begin();
        private long count;

        void add(DirtyRecord record) throws EngineFailure {
            count++;
            part.add(record);
            if (kept.size() < KEPT_PER_SLICE_MAX) {
                kept.add(record);
            }
            long all = total.incrementAndGet();
            if (max != null && all > max) {
                keep();
                throw EngineFailure.lasting(
                        FailureKind.DIRTY_LIMIT,
                        "%s, more than the %d that the job allows. The last one: partition %d, offset %d, column %s: %s. Mend the mapping or the column's type, or raise errorLimit."
                                .formatted(
                                        all == 1 ? "1 record does not convert" : all + " records do not convert",
                                        max,
                                        record.partition(),
                                        record.offset(),
                                        record.column(),
                                        record.reason()));
            }
        }

        void keep() {
            kept.forEach(journal::dirty);
            kept.clear();
            part.keep();
        }

        void drop() {
            total.addAndGet(-count);
            count = 0;
            kept.clear();
            part.drop();
        }
    }
}
