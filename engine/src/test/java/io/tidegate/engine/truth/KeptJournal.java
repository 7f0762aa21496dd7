package io.tidegate.engine.truth;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps the plan and the lines of an attempt. */
final class KeptJournal implements RunJournal {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final WindowHistory history;
    private volatile @Nullable OffsetPlan plan;

    /**
     * @param history what is known of earlier copies
     */
    KeptJournal(WindowHistory history) {
        this.history = history;
    }

    OffsetPlan plan() {
        return Objects.requireNonNull(plan, "nothing was planned");
    }

    List<String> warnings() {
        return lines.stream().filter(line -> line.startsWith("WARN")).toList();
    }

    @Override
    public void log(Level level, String line) {
        lines.add(level + " " + line);
    }

    @Override
    public void progress(Progress progress) {}

    @Override
    public WindowHistory history(String topic, @Nullable String topicId, Instant windowStart, Instant windowEnd) {
        return history;
    }

    @Override
    public void planned(OffsetPlan made) {
        plan = made;
    }

    @Override
    public void dirty(DirtyRecord record) {}

    @Override
    public void prepared(PreparedCommit prepared) {}
}
