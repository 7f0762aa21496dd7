package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps all that an attempt writes down, in order, and can fall over where a test wants it to. */
final class RecordedJournal implements RunJournal {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<DirtyRecord> dirty = new CopyOnWriteArrayList<>();
    final List<Progress> progress = new CopyOnWriteArrayList<>();
    /** What history was asked for: topic, id, window. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private WindowHistory history = WindowHistory.NONE;
    private Map<Integer, Long> readBefore = Map.of();
    private volatile @Nullable OffsetPlan plan;
    private volatile @Nullable PreparedCommit prepared;
    private volatile Runnable onPrepared = () -> {};
    private @Nullable RuntimeException atPlanned;
    private @Nullable RuntimeException atPrepared;

    /** Throws once the plan has been kept. */
    RecordedJournal failingAtPlanned(RuntimeException error) {
        atPlanned = error;
        return this;
    }

    /** Throws once the prepared commit has been kept, as if the process had been killed there. */
    RecordedJournal failingAtPrepared(RuntimeException error) {
        atPrepared = error;
        return this;
    }

    RecordedJournal withHistory(WindowHistory known) {
        history = known;
        return this;
    }

    RecordedJournal withReadBefore(Map<Integer, Long> offsets) {
        readBefore = offsets;
        return this;
    }

    @Override
    public Map<Integer, Long> readBefore(String topic, @Nullable String topicId, Instant windowStart) {
        return readBefore;
    }

    /** Runs something as soon as the prepared commit has been kept. */
    void whenPrepared(Runnable then) {
        onPrepared = then;
    }

    OffsetPlan plan() {
        return Objects.requireNonNull(plan, "nothing was planned");
    }

    @Nullable PreparedCommit preparedOrNull() {
        return prepared;
    }

    PreparedCommit prepared() {
        return Objects.requireNonNull(prepared, "nothing was prepared");
    }

    @Override
    public void log(Level level, String line) {
        lines.add(level + " " + line);
    }

    @Override
    public void progress(Progress now) {
        if (progress.isEmpty() || progress.get(progress.size() - 1).stage() != now.stage()) {
            calls.add(now.stage().name());
        }
        progress.add(now);
    }

    @Override
    public WindowHistory history(String topic, @Nullable String topicId, Instant windowStart, Instant windowEnd) {
        asked.add("%s %s %s %s".formatted(topic, topicId, windowStart, windowEnd));
        return history;
    }

    @Override
    public void planned(OffsetPlan made) {
        calls.add("planned");
        plan = made;
        if (atPlanned != null) {
            throw atPlanned;
        }
    }

    @Override
    public void dirty(DirtyRecord record) {
        dirty.add(record);
    }

    @Override
    public void prepared(PreparedCommit made) {
        calls.add("prepared");
        prepared = made;
        onPrepared.run();
        if (atPrepared != null) {
            throw atPrepared;
        }
    }
}
