package io.tidegate.scheduler.instance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts instances in an order in which none stands before one that it waits for. */
final class ParentsFirst {
    private ParentsFirst() {}

    /** Instances that do not wait for each other keep their order. What closes a loop, which no plan makes, comes last. */
    static List<Long> order(Collection<Long> ids, Collection<OperationDao.Edge> edges) {
        Map<Long, Integer> waitsFor = new LinkedHashMap<>();
        ids.forEach(id -> waitsFor.put(id, 0));
        Map<Long, List<Long>> children = new HashMap<>();
        for (OperationDao.Edge edge : edges) {
            if (waitsFor.containsKey(edge.parent()) && waitsFor.containsKey(edge.child())) {
                waitsFor.merge(edge.child(), 1, Integer::sum);
                children.computeIfAbsent(edge.parent(), parent -> new ArrayList<>())
                        .add(edge.child());
            }
        }
        Deque<Long> free = new ArrayDeque<>();
        waitsFor.forEach((id, count) -> {
            if (count == 0) {
                free.add(id);
            }
        });
        List<Long> ordered = new ArrayList<>();
        while (!free.isEmpty()) {
            long id = free.remove();
            ordered.add(id);
            for (long child : children.getOrDefault(id, List.of())) {
                if (waitsFor.merge(child, -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        waitsFor.forEach((id, count) -> {
            if (count > 0) {
                ordered.add(id);
            }
        });
        return List.copyOf(ordered);
    }
}
