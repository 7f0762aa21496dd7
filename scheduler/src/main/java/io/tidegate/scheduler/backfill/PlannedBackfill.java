package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.RunnableNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request comes to, with what is deployed now.
 *
 * @param nodes each with the times at which it runs
 * @param dates the business dates that have instances, in the order in which they run
 * @param groups how many of them run at the same time; fewer than asked for where their order matters
 * @param findings what is worth knowing before it starts
 */
record PlannedBackfill(
        ZoneId zone,
        List<PlannedNode> nodes,
        List<LocalDate> dates,
        int groups,
        boolean descending,
        List<Finding> findings) {

    /** A node, with the parameters of the request in place of its own. */
    record PlannedNode(RunnableNode node, boolean excluded, List<ScheduledTime> times) {}

    /** One instance to come. */
    record Entry(PlannedNode node, ScheduledTime time, int position) {}

    int total() {
        return nodes.stream().mapToInt(node -> node.times().size()).sum();
    }

    /** The business date of a time of this calendar: what {@code $bizdate} says. */
    static LocalDate businessDate(ScheduledTime time) {
        return time.local().toLocalDate().minusDays(1);
    }

    /** Every instance, in the order in which they may start. */
    List<Entry> entries() {
        Map<LocalDate, Integer> positions = new HashMap<>();
        for (LocalDate date : dates) {
            positions.put(date, positions.size() + 1);
        }
        List<Entry> entries = new ArrayList<>();
        for (PlannedNode node : nodes) {
            for (ScheduledTime time : node.times()) {
                entries.add(new Entry(node, time, positions.getOrDefault(businessDate(time), 0)));
            }
        }
        entries.sort(Comparator.comparingInt(Entry::position)
                .thenComparing(Entry::time)
                .thenComparing(entry -> entry.node().node().name()));
        return entries;
    }
}
