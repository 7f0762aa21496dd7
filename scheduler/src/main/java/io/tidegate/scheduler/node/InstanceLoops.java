package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.EdgeRule;
import io.tidegate.scheduler.cycle.NodeCycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plays some days of nodes that wait for each other, and looks whether any of their instances do. */
final class InstanceLoops {
    /** Days without a change of clocks anywhere. Edges reach back one day, so that four days show every pattern. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 5, 14);

    private static final int DAYS = 4;
    /** Beyond that nobody looks: thirty nodes that run every minute. */
    private static final int INSTANCES_MAX = 200_000;

    private InstanceLoops() {}

    /** A node of a loop. */
    record Member(String name, NodeCycle cycle) {}

    private record Played(NodeId node, ScheduledTime time) {}

    /** The instances around a loop, as people name them, the first one again at the end; empty when there is none. */
    static List<String> path(Map<NodeId, Member> members, List<GraphDao.Edge> edges) {
        long instances = members.values().stream()
                .mapToLong(member ->
                        (long) DAYS * member.cycle().timesOn(FIRST_DAY).size())
                .sum();
        if (instances > INSTANCES_MAX) {
            return List.of();
        }
        Map<Played, List<Played>> waits = new HashMap<>();
        for (GraphDao.Edge edge : edges) {
            Member child = members.get(edge.childId());
            Member parent = members.get(edge.parentId());
            if (child == null || parent == null) {
                continue;
            }
            EdgeRule rule = EdgeRule.of(child.cycle(), parent.cycle(), edge.previous());
            for (int day = 0; day < DAYS; day++) {
                rule.parentsOn(FIRST_DAY.plusDays(day)).forEach((time, parents) -> {
                    List<Played> known =
                            waits.computeIfAbsent(new Played(edge.childId(), time), played -> new ArrayList<>());
                    parents.forEach(p -> known.add(new Played(edge.parentId(), p)));
                });
            }
        }
        return loop(waits).stream().map(played -> name(members, played)).toList();
    }

    private static String name(Map<NodeId, Member> members, Played played) {
        Member member = members.get(played.node());
        return (member == null ? played.node().toString() : member.name()) + " "
                + played.time().local().toLocalTime();
    }

    /** Depth first, by hand: a chain of instances is longer than any stack. */
    private static List<Played> loop(Map<Played, List<Played>> waits) {
        Set<Played> done = new HashSet<>();
        for (Played start : waits.keySet()) {
            Deque<Played> path = new ArrayDeque<>();
            Deque<Iterator<Played>> open = new ArrayDeque<>();
            Set<Played> onPath = new HashSet<>();
            if (done.contains(start)) {
                continue;
            }
            path.addLast(start);
            onPath.add(start);
            open.addLast(waits.getOrDefault(start, List.of()).iterator());
            while (!open.isEmpty()) {
                Iterator<Played> next = open.getLast();
                if (!next.hasNext()) {
                    open.removeLast();
                    Played left = path.removeLast();
                    onPath.remove(left);
                    done.add(left);
                    continue;
                }
                Played parent = next.next();
                if (onPath.contains(parent)) {
                    return around(path, parent);
                }
                if (!done.contains(parent)) {
                    path.addLast(parent);
                    onPath.add(parent);
                    open.addLast(waits.getOrDefault(parent, List.of()).iterator());
                }
            }
        }
        return List.of();
    }

    private static List<Played> around(Deque<Played> path, Played meeting) {
        List<Played> loop = new ArrayList<>();
        boolean inside = false;
        for (Played played : path) {
            inside |= played.equals(meeting);
            if (inside) {
                loop.add(played);
            }
        }
        loop.add(meeting);
        return loop;
    }
}
