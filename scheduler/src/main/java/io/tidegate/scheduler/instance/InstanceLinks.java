package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.SameCycleRule;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
        var parentsByDay = byDay(parents, place.zone());
        SameCycleRule rule = new SameCycleRule(
                dependency.childDocument().schedule().cycle(),
                false,
                dependency.parentDocument().schedule().cycle(),
                false,
                place.zone());
        List<Long> childEnds = new ArrayList<>();
        List<Long> parentEnds = new ArrayList<>();
        byDay(children, place.zone()).forEach((day, ofDay) -> {
            List<GenerationDao.Linked> candidates = parentsByDay.getOrDefault(day, List.of());
            if (candidates.isEmpty()) {
                return;
            }
            Map<ScheduledTime, List<ScheduledTime>> wanted = rule.parentsOn(day);
            for (GenerationDao.Linked child : ofDay) {
                if (child.waiting()) {
                    // An instance of an older version may stand at a time that the cycle no longer has.
                    List<ScheduledTime> times = wanted.getOrDefault(child.time(), List.of(child.time()));
                    // A backfill may leave out times that need not run again; nothing stands for them.
                    for (long parent :
                            origin == Origin.BACKFILL ? standingAt(times, candidates) : standingFor(times, candidates)) {
                        childEnds.add(child.id().value());
                        parentEnds.add(parent);
                    }
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

    /**
     * The instances that stand for the wanted times: each the one at that time, or the last before it, or the first of the
     * day. A parent that was deployed, or got another cycle, in the middle of the day does not have all of them.
     */
    private static Set<Long> standingFor(List<ScheduledTime> wanted, List<GenerationDao.Linked> candidates) {
        Set<Long> ids = new LinkedHashSet<>();
        for (ScheduledTime time : wanted) {
            GenerationDao.Linked standing = candidates.get(0);
            for (GenerationDao.Linked candidate : candidates) {
                if (!candidate.scheduledTime().isAfter(time.instant())) {
                    standing = candidate;
                }
            }
            ids.add(standing.id().value());
        }
        return ids;
    }

    private static Set<Long> standingAt(List<ScheduledTime> wanted, List<GenerationDao.Linked> candidates) {
        Set<Instant> instants = wanted.stream().map(ScheduledTime::instant).collect(Collectors.toSet());
        return candidates.stream()
                .filter(candidate -> instants.contains(candidate.scheduledTime()))
                .map(candidate -> candidate.id().value())
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
