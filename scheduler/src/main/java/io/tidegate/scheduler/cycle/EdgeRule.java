package io.tidegate.scheduler.cycle;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Which of a parent's scheduled times each of a child's waits for. */
public sealed interface EdgeRule permits SameCycleRule, PreviousCycleRule {

    /**
     * For each of the child's times of a date, in order, the parent's times it waits for.
     *
     * @param date in the child's zone
     */
    Map<ScheduledTime, List<ScheduledTime>> parentsOn(LocalDate date);

    /**
     * @param previous whether the child waits for the parent's previous cycle
     */
    static EdgeRule of(NodeCycle child, NodeCycle parent, boolean previous) {
        return previous ? new PreviousCycleRule(child, parent) : new SameCycleRule(child, parent);
    }
}
