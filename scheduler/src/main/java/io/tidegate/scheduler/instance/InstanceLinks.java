package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.SameCycleRule;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
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
    /** So that the children of a popular parent do not all stand in memory at once. */
    private static final int DEPENDENCIES_AT_ONCE = 500;

    /**
     * Draws the edges from and to the cycle instances of some nodes of one workspace.
     *
     * @param from first instant of what was planned
     * @param to first instant after it
     * @param born the instances that this transaction has made
     */
    public void linkCycle(
            Handle handle, List<RunnableNode> nodes, Instant from, Instant to, Collection<InstanceId> born) {
        RunnableNode any = nodes.get(0);
        // Whole days: the rule looks at all instances of a day.
        Instant start =
                LocalDate.ofInstant(from, any.zone()).atStartOfDay(any.zone()).toInstant();
        Instant end = LocalDate.ofInstant(to.minusNanos(1), any.zone())
                .plusDays(1)
                .atStartOfDay(any.zone())
                .toInstant();
        long[] ids = nodes.stream().mapToLong(node -> node.nodeId().value()).toArray();
        List<GenerationDao.Dependency> all =
                handle.attach(GenerationDao.class).dependenciesOf(any.environment(), ids, start);
        for (int i = 0; i < all.size(); i += DEPENDENCIES_AT_ONCE) {
            List<GenerationDao.Dependency> some = all.subList(i, Math.min(all.size(), i + DEPENDENCIES_AT_ONCE));
            link(handle, some, any, Origin.CYCLE, "", start, end, born);
        }
    }

    /** Draws the edges among the instances of some nodes that one request has made; others are not looked at. */
    public void linkAmong(
            Handle handle, List<RunnableNode> nodes, Origin origin, String originKey, Instant from, Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        Set<NodeId> chosen = nodes.stream().map(RunnableNode::nodeId).collect(Collectors.toCollection(HashSet::new));
        RunnableNode any = nodes.get(0);
        long[] ids = chosen.stream().mapToLong(NodeId::value).toArray();
        List<GenerationDao.Dependency> among =
                dao.dependenciesOf(any.environment(), ids, Instant.EPOCH).stream()
                        .filter(dependency ->
                                chosen.contains(dependency.child()) && chosen.contains(dependency.parent()))
                        .toList();
        link(handle, among, any, origin, originKey, from, to, List.of());
    }

    private static void link(
            Handle handle,
            List<GenerationDao.Dependency> dependencies,
            RunnableNode place,
            Origin origin,
            String originKey,
            Instant from,
            Instant to,
            Collection<InstanceId> born) {
        Set<NodeId> ends = new HashSet<>();
        dependencies.forEach(dependency -> {
            ends.add(dependency.child());
            ends.add(dependency.parent());
        });
        EdgeBatch batch = EdgeBatch.of(handle, place.environment(), ends, origin, originKey, from, to, born);
        dependencies.forEach(dependency -> link(batch, dependency, place, origin));
        batch.write();
    }

    private static void link(
            EdgeBatch batch, GenerationDao.Dependency dependency, RunnableNode place, Origin origin) {
        var children = batch.instancesOf(dependency.child());
        var parents = batch.instancesOf(dependency.parent());
        var parentsByDay = byDay(parents, place.zone());
        SameCycleRule rule = new SameCycleRule(
                dependency.childDocument().schedule().cycle(),
                false,
                dependency.parentDocument().schedule().cycle(),
                false,
                place.zone());
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
                        batch.link(child.id(), parent);
                    }
                }
            }
        });
        children.stream()
                .filter(GenerationDao.Linked::waiting)
                .forEach(child -> batch.unlink(child.id(), dependency.parent()));
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
}
