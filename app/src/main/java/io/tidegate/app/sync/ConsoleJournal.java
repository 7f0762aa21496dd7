package io.tidegate.app.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes an attempt's log and progress to the terminal. Nothing is kept: a copy that is killed between preparing and committing
 * leaves nothing visible, and is repeated as a whole.
 */
final class ConsoleJournal implements RunJournal {
    private static final int BAR_WIDTH = 30;
    private static final int DIRTY_SHOWN_MAX = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private final @Nullable ReceiptHistory before;
    private boolean barShown;
    private int dirtyShown;

    /**
     * @param terminal whether a line may be drawn again; else progress is not drawn at all, because a file full of bars helps
     *     nobody
     * @param before the receipt of the window before; null when none was given
     */
    ConsoleJournal(PrintWriter err, boolean terminal, @Nullable ReceiptHistory before) {
        this.err = err;
        this.terminal = terminal;
        this.before = before;
    }

    @Override
    public synchronized void log(Level level, String line) {
        clearBar();
        if (level == Level.ERROR) {
            // The outcome says it again, as the last word.
            return;
        }
        err.println(level == Level.INFO ? line : level + " " + line);
        err.flush();
    }

    @Override
    public synchronized void progress(Progress progress) {
        if (!terminal || progress.stage() != Progress.Stage.COPY) {
            clearBar();
            return;
        }
        double done = progress.planned() == 0 ? 1 : Math.min(1.0, (double) progress.passed() / progress.planned());
        int filled = (int) Math.round(done * BAR_WIDTH);
        Double left = progress.secondsLeft();
        err.printf(
                Locale.ROOT,
                "\r[%s%s] %3.0f %%  %,d read  %,.0f/s  %,.1f MB/s  %s\u001b[K",
                "=".repeat(filled),
                " ".repeat(BAR_WIDTH - filled),
                done * 100,
                progress.read(),
                progress.recordsPerSecond(),
                progress.bytesPerSecond() / 1e6,
                left == null ? "" : String.format(Locale.ROOT, "%,.0f s left", left));
        err.flush();
        barShown = true;
    }

    @Override
    public WindowHistory history(String topic, @Nullable String topicId, Instant windowStart, Instant windowEnd) {
        return before == null ? WindowHistory.NONE : before.of(topicId, windowStart);
    }

    @Override
    public void planned(OffsetPlan plan) {
        // The engine says the plan in its log.
    }

    @Override
    public synchronized void dirty(DirtyRecord record) {
        if (dirtyShown++ < DIRTY_SHOWN_MAX) {
            log(
                    Level.WARN,
                    "dirty record at partition %d, offset %d, column %s: %s (%s)"
                            .formatted(
                                    record.partition(),
                                    record.offset(),
                                    record.column(),
                                    record.reason(),
                                    record.excerpt()));
        }
    }

    @Override
    public void prepared(PreparedCommit prepared) {
        // There is no later attempt to tell.
    }

    synchronized void clearBar() {
        if (barShown) {
            err.print("\r\u001b[K");
            err.flush();
            barShown = false;
        }
    }
}
