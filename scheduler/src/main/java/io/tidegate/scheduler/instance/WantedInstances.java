package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeDocument;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Instances of one node to be made, which differ in their times alone.
 *
 * @param originKey tells instances of one scheduled time apart; empty for the calendar
 * @param eligibleAt earliest start of all of them; null for the scheduled time of each
 * @param held whether they are held until their backfill comes to their business date
 * @param excluded whether they only hold the order of others, as dry runs
 * @param missed which of the times come too late; these become dry runs
 */
public record WantedInstances(
        RunnableNode node,
        Origin origin,
        String originKey,
        List<ScheduledTime> times,
        @Nullable Instant eligibleAt,
        boolean held,
        boolean excluded,
        int priority,
        Predicate<ScheduledTime> missed) {
    public WantedInstances {
        times = List.copyOf(times);
    }

    /** Instances of the calendar. */
    public static WantedInstances ofCycle(
            RunnableNode node, List<ScheduledTime> times, Predicate<ScheduledTime> missed) {
        return new WantedInstances(
                node,
                Origin.CYCLE,
                "",
                times,
                null,
                false,
                false,
                node.document().priority(),
                missed);
    }

    /** A test run, on whatever day: who asks for it means it. */
    public static WantedInstances ofTest(RunnableNode node, String originKey, ScheduledTime time, Instant eligibleAt) {
        int priority = node.document().priority();
        return new WantedInstances(
                node, Origin.TEST, originKey, List.of(time), eligibleAt, false, false, priority, any -> false);
    }

    /**
     * Instances of a backfill.
     *
     * @param excluded as above
     * @param yields whether everything of the calendar goes before them
     * @param eligibleAt as above
     */
    public static WantedInstances ofBackfill(
            RunnableNode node,
            String originKey,
            List<ScheduledTime> times,
            boolean excluded,
            boolean yields,
            @Nullable Instant eligibleAt) {
        int priority = node.document().priority() - (yields ? NodeDocument.HIGHEST_PRIORITY : 0);
        return new WantedInstances(
                node, Origin.BACKFILL, originKey, times, eligibleAt, true, excluded, priority, any -> false);
    }

    /** Whether the calendar, or a backfill in its place, asks for them. */
    boolean scheduled() {
        return origin == Origin.CYCLE || origin == Origin.BACKFILL;
    }

    /** Those that only hold the order of others must not be held back themselves. */
    boolean frozenWithNode() {
        return scheduled() && !excluded;
    }
}
