package io.tidegate.scheduler.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which instances of a parent the instances of a child wait for, on one day: each waits for the parents scheduled after the
 * child before it and up to its own time; where there are none, for the closest one before; where there is none, for the first
 * of the day. The last child of the day waits for all parents after it as well when it is the only one: a daily node waits for
 * every hour of its day.
 */
final class SameCycleEdges {
    /** Indexes into the two lists. */
    record Edge(int parent, int child) {}

    private SameCycleEdges() {}

    static List<Edge> of(List<Instant> parents, List<Instant> children) {
        List<Edge> edges = new ArrayList<>();
        if (parents.isEmpty()) {
            return edges;
        }
        int next = 0;
        for (int child = 0; child < children.size(); child++) {
            int first = next;
            boolean onlyChild = children.size() == 1;
            while (next < parents.size() && (onlyChild || !parents.get(next).isAfter(children.get(child)))) {
                next++;
            }
            if (first == next) {
                edges.add(new Edge(Math.max(0, next - 1), child));
            }
            for (int parent = first; parent < next; parent++) {
                edges.add(new Edge(parent, child));
            }
        }
        return edges;
    }
}
