package io.tidegate.engine;

import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt writes down what it does. {@link #planned} and {@link #prepared} are durable when they return; the
 * others may be buffered. Every method may be called from several threads.
 */
public interface RunJournal {
    /** How much a log line matters to the user who reads it. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** One line, without line break, in the words of the user. */
    void log(Level level, String line);

    /** The newest state of progress; each call replaces the one before. */
    void progress(Progress progress);

    /**
     * What earlier copies of the same job know about a window that is about to be planned. A journal that keeps no history
     * knows nothing.
     *
     * @param topicId the broker's id of the topic; null on old brokers. What is known of another topic of the same name is
     *     left out
     * @param windowStart first instant of the window, included
     * @param windowEnd first instant after it
     */
    default WindowHistory history(String topic, @Nullable String topicId, Instant windowStart, Instant windowEnd) {
        return WindowHistory.NONE;
    }

    /**
     * How far all windows before a time were read: for each Kafka partition the furthest offset behind what any of their copies
     * has read or is about to commit. A journal that keeps no history knows nothing.
     *
     * @param topicId as for {@link #history}
     */
    default Map<Integer, Long> readBefore(String topic, @Nullable String topicId, Instant windowStart) {
        return Map.of();
    }

    /**
     * The plan that will be read, before the first record is.
     *
     * @throws FencedException when this attempt no longer holds its lease
     */
    void planned(OffsetPlan plan);

    /** A record that was left out, with the reason. Counted in the receipt whether or not it is kept. */
    void dirty(DirtyRecord record);

    /**
     * The commit that is about to be sent.
     *
     * @throws FencedException when this attempt no longer holds its lease: the commit must not be sent
     * @throws PlanOutdatedException when a copy of another window has meanwhile written records of this one, or the other way
     *     round: the commit must not be sent, and the next attempt plans anew
     */
    void prepared(PreparedCommit prepared);
}
