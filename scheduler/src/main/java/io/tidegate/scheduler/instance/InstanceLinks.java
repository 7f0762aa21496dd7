package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Draws the edges between instances: which instances of a parent node an instance waits for. Drawn day by day, anew for all
 * instances of the day that have not started, so that it does not matter whether the parent or the child was planned first.
 */
public final class InstanceLinks {

    /**
     * Draws the edges from and to the cycle instances of a node.
     *
     * @param from first instant of what was planned
     * @param to first instant after it
     */
    public void linkCycle(Handle handle, RunnableNode node, Instant from, Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        // Whole days: the rule looks at all instances of a day.
        Instant start =
                LocalDate.ofInstant(from, node.zone()).atStartOfDay(node.zone()).toInstant();
        Instant end = LocalDate.ofInstant(to.minusNanos(1), node.zone())
                .plusDays(1)
                .atStartOfDay(node.zone())
                .toInstant();
        long[] ids = {node.nodeId().value()};
        for (GenerationDao.Dependency dependency : dao.dependenciesOf(node.environment(), ids)) {
            link(handle, dependency, node, Origin.CYCLE, "", start, end);
        }
    }

    /** Draws the edges among the instances of some nodes that one request has made; others are not looked at. */
    public void linkAmong(
            Handle handle, List<RunnableNode> nodes, Origin origin, String originKey, Instant from, Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        Set<NodeId> chosen = nodes.stream().map(RunnableNode::nodeId).collect(Collectors.toCollection(HashSet::new));
        RunnableNode any = nodes.get(0);
        long[] ids = chosen.stream().mapToLong(NodeId::value).toArray();
        for (GenerationDao.Dependency dependency : dao.dependenciesOf(any.environment(), ids)) {
            if (chosen.contains(dependency.child()) && chosen.contains(dependency.parent())) {
                link(handle, dependency, any, origin, originKey, from, to);
            }
        }
    }

    private static void link(
            Handle handle,
            GenerationDao.Dependency dependency,
            RunnableNode place,
            Origin origin,
            String originKey,
            Instant from,
            Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        var children = dao.instancesOf(place.environment(), dependency.child(), origin, originKey, from, to);
        var parents = dao.instancesOf(place.environment(), dependency.parent(), origin, originKey, from, to);
        var childrenByDay = byDay(children, place.zone());
        var parentsByDay = byDay(parents, place.zone());
        List<Long> childEnds = new ArrayList<>();
        List<Long> parentEnds = new ArrayList<>();
        childrenByDay.forEach((day, ofDay) -> {
            List<GenerationDao.Linked> parentsOfDay = parentsByDay.getOrDefault(day, List.of());
            var edges = SameCycleEdges.of(
                    parentsOfDay.stream()
                            .map(GenerationDao.Linked::scheduledTime)
                            .toList(),
                    ofDay.stream().map(GenerationDao.Linked::scheduledTime).toList());
            for (SameCycleEdges.Edge edge : edges) {
                if (ofDay.get(edge.child()).waiting()) {
                    childEnds.add(ofDay.get(edge.child()).id().value());
                    parentEnds.add(parentsOfDay.get(edge.parent()).id().value());
                }
            }
        });
        long[] waiting = children.stream()
                .filter(GenerationDao.Linked::waiting)
                .mapToLong(child -> child.id().value())
                .toArray();
        dao.unlink(waiting, dependency.parent());
        dao.link(longs(childEnds), longs(parentEnds));
    }

    private static Map<LocalDate, List<GenerationDao.Linked>> byDay(List<GenerationDao.Linked> instances, ZoneId zone) {
        return instances.stream()
                .collect(Collectors.groupingBy(
                        i -> LocalDate.ofInstant(i.scheduledTime(), zone), TreeMap::new, Collectors.toList()));
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
