package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.PlanOutdatedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.late.LateLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one attempt in the database. Lines, progress and dirty records wait a moment in memory; plan and prepared
 * commit are in the database when the call returns, or the attempt learns that it is fenced.
 */
final class DatabaseJournal implements RunJournal {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseJournal.class);
    private static final int UNWRITTEN_CHARS_MAX = 4 << 20;

    private final Jdbi jdbi;
    private final LateLedger ledger;
    private final InstanceId instance;
    private final AttemptId attempt;
    private final long epoch;
    private final JournalLimits limits;
    private final InstantSource clock;
    private final LogStore log;

    // Guarded by this. Nothing is written while it is held, except by flush, so that a slow database slows only
    // flushes.
    private final StringBuilder lines = new StringBuilder();
    private final List<DirtyRecord> dirty = new ArrayList<>();
    private Instant oldestLine = Instant.MAX;
    private final Rhythm progressWrites;
    private @Nullable Progress progress;
    private int dirtySeen;
    private int dirtyWritten;
    private volatile boolean fenced;

    private final Object writing = new Object();

    DatabaseJournal(Jdbi jdbi, ClaimedAttempt claimed, JournalLimits limits, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = new LateLedger(jdbi, clock);
        this.instance = claimed.instanceId();
        this.attempt = claimed.id();
        this.epoch = claimed.epoch();
        this.limits = limits;
        this.clock = clock;
        this.progressWrites = new Rhythm(limits.progressEvery());
        this.log = new LogStore(attempt, epoch, limits.logBytesMax());
    }

    @Override
    public void log(Level level, String line) {
        Instant now = clock.instant();
        boolean full;
        synchronized (this) {
            lines.append(now.truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(level)
                    .append(' ')
                    // A NUL is the one character PostgreSQL refuses in a text.
                    .append(line.replace('\n', ' ').replace('\0', ' '))
                    .append('\n');
            oldestLine = oldestLine.isBefore(now) ? oldestLine : now;
            // Once, when the chunk is full: lines that were put back must not make each further line a write.
            full = lines.length() >= limits.chunkBytes() && lines.length() - line.length() < 2L * limits.chunkBytes();
        }
        if (full) {
            flush();
        }
    }

    @Override
    public synchronized void progress(Progress newest) {
        progress = newest;
    }

    @Override
    public void dirty(DirtyRecord record) {
        boolean full;
        synchronized (this) {
            if (dirtySeen >= limits.dirtyRecordsMax()) {
                return;
            }
            dirtySeen++;
            dirty.add(new DirtyRecord(
                    record.partition(),
                    record.offset(),
                    record.column(),
                    record.excerpt().replace('\0', ' '),
                    record.reason().replace('\0', ' ')));
            full = dirty.size() >= 500;
        }
        if (full) {
            flush();
        }
    }

    @Override
    public WindowHistory history(String topic, @Nullable String topicId, Instant windowStart, Instant windowEnd) {
        return ledger.history(instance, topic, topicId, windowStart, windowEnd);
    }

    @Override
    public void planned(OffsetPlan plan) {
        refuseIfFenced(
                fenced
                        ? 0
                        : jdbi.withExtension(
                                JournalDao.class, dao -> dao.planned(attempt, epoch, clock.instant(), plan)));
    }

    @Override
    public void prepared(PreparedCommit prepared) {
        // Counts first: whoever settles this commit later finds them beside it.
        flush();
        @Nullable String[] outdated = new @Nullable String[1];
        refuseIfFenced(
                fenced
                        ? 0
                        : jdbi.inTransaction(handle -> {
                            JournalDao dao = handle.attach(JournalDao.class);
                            outdated[0] = ledger.outdated(handle, instance, prepared.receipt());
                            return outdated[0] == null
                                    ? dao.prepared(attempt, epoch, clock.instant(), prepared)
                                    : dao.forgetPlans(attempt, epoch, clock.instant());
                        }));
        if (outdated[0] != null) {
            throw new PlanOutdatedException(outdated[0]);
        }
    }

    @Override
    public Map<Integer, Long> readBefore(String topic, @Nullable String topicId, Instant windowStart) {
        return ledger.readBefore(instance, topic, topicId, windowStart);
    }

    /** From now on nothing is written any more. */
    void fence() {
        fenced = true;
    }

    /** Writes what has waited long enough; called a few times a second. */
    void flushIfDue() {
        Instant now = clock.instant();
        boolean due;
        synchronized (this) {
            due = !now.isBefore(oldestLine.equals(Instant.MAX) ? Instant.MAX : oldestLine.plus(limits.flushAfter()))
                    || (progress != null && progressWrites.dueAt(now))
                    || !dirty.isEmpty();
        }
        if (due) {
            flush();
        }
    }

    /** Writes everything that waits. Flushes run one after the other, so that chunks keep their order. */
    void flush() {
        synchronized (writing) {
            String text;
            List<DirtyRecord> records;
            Progress newest;
            synchronized (this) {
                text = lines.toString();
                lines.setLength(0);
                oldestLine = Instant.MAX;
                records = List.copyOf(dirty);
                dirty.clear();
                newest = progress;
                progress = null;
                progressWrites.doneAt(clock.instant());
            }
            if (fenced || (text.isEmpty() && records.isEmpty() && newest == null)) {
                return;
            }
            try {
                jdbi.useTransaction(handle -> write(handle.attach(JournalDao.class), text, records, newest));
            } catch (RuntimeException e) {
                // A database that is away for a moment must not end a copy that goes well.
                LOG.warn("The journal of attempt {} waits for the database: {}", attempt.value(), e.toString());
                putBack(text, records);
            }
        }
    }

    private synchronized void putBack(String text, List<DirtyRecord> records) {
        if (lines.length() + text.length() <= UNWRITTEN_CHARS_MAX) {
            lines.insert(0, text);
        } else {
            lines.insert(0, "... lines were lost here while the database could not be reached ...\n");
        }
        dirty.addAll(0, records);
        oldestLine = clock.instant();
    }

    private void write(JournalDao dao, String text, List<DirtyRecord> records, @Nullable Progress newest) {
        if (newest != null) {
            dao.progress(attempt, epoch, newest, newest.read(), newest.written(), newest.filtered(), newest.dirty());
        }
        if (!text.isEmpty()) {
            log.append(dao, text);
        }
        if (!records.isEmpty()) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                numbers.add(++dirtyWritten);
            }
            dao.dirty(attempt, epoch, numbers, records);
        }
    }

    private void refuseIfFenced(int rows) {
        if (rows == 0) {
            fence();
            throw new FencedException(
                    "Attempt %d (epoch %d) no longer holds its lease; it must stop.".formatted(attempt.value(), epoch));
        }
    }
}
