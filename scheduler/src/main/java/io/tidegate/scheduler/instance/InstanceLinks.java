package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Draws the edges between instances: which instances of a parent node an instance waits for. Drawn day by day, anew for all
 * instances of the day that have not started, so that it does not matter whether the parent or the child was planned first.
 */
public final class InstanceLinks {
    /** So that the children of a popular parent do not all stand in memory at once. */
    private static final int DEPENDENCIES_AT_ONCE = 500;
    /** The day before, and as much again and more for zones whose dates lie up to 26 hours apart. */
    private static final Duration FAR = Duration.ofDays(3);

    /** Whose edges are drawn, and in which range of days. */
    private record Place(
            Handle handle,
            Environment environment,
            Origin origin,
            String originKey,
            Instant from,
            Instant to,
            Collection<InstanceId> born) {}

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
        // Whole days: the rules look at all instances of a day.
        Instant start =
                LocalDate.ofInstant(from, any.zone()).atStartOfDay(any.zone()).toInstant();
        Instant end = LocalDate.ofInstant(to.minusNanos(1), any.zone())
                .plusDays(1)
                .atStartOfDay(any.zone())
                .toInstant();
        long[] ids = nodes.stream().mapToLong(node -> node.nodeId().value()).toArray();
        List<EdgeDao.Dependency> all = handle.attach(EdgeDao.class).dependenciesOf(any.environment(), ids, start);
        draw(new Place(handle, any.environment(), Origin.CYCLE, "", start, end, born), all);
    }

    /** Draws the edges among the instances of some nodes that one request has made; others are not looked at. */
    public void linkAmong(
            Handle handle, List<RunnableNode> nodes, Origin origin, String originKey, Instant from, Instant to) {
        Environment environment = nodes.get(0).environment();
        long[] ids = nodes.stream()
                .mapToLong(node -> node.nodeId().value())
                .distinct()
                .toArray();
        List<EdgeDao.Dependency> among = handle.attach(EdgeDao.class).dependenciesAmong(environment, ids);
        draw(new Place(handle, environment, origin, originKey, from, to, List.of()), among);
    }

    private static void draw(Place place, List<EdgeDao.Dependency> all) {
        // Most need the instances of these days alone.
        draw(place, all.stream().filter(d -> !reachesFar(d)).toList(), Duration.ZERO);
        draw(place, all.stream().filter(InstanceLinks::reachesFar).toList(), FAR);
    }

    private static boolean reachesFar(EdgeDao.Dependency dependency) {
        return dependency.previousCycle() || dependency.hasTwoZones();
    }

    private static void draw(Place place, List<EdgeDao.Dependency> all, Duration aside) {
        for (int i = 0; i < all.size(); i += DEPENDENCIES_AT_ONCE) {
            List<EdgeDao.Dependency> some = all.subList(i, Math.min(all.size(), i + DEPENDENCIES_AT_ONCE));
            Set<NodeId> ends = new HashSet<>();
            some.forEach(dependency -> {
                ends.add(dependency.child());
                ends.add(dependency.parent());
            });
            EdgeBatch batch = EdgeBatch.of(
                    place.handle(),
                    place.environment(),
                    ends,
                    place.origin(),
                    place.originKey(),
                    place.from().minus(aside),
                    place.to().plus(aside),
                    place.born());
            some.forEach(dependency -> draw(place, dependency, batch));
            batch.write();
        }
    }

    private static void draw(Place place, EdgeDao.Dependency dependency, EdgeBatch batch) {
        List<EdgeDao.Linked> children = batch.instancesOf(dependency.child());
        if (children.isEmpty()) {
            return;
        }
        List<EdgeDao.Linked> parents = batch.instancesOf(dependency.parent());
        Duration zones = Duration.ofDays(dependency.hasTwoZones() ? 1 : 0);
        Instant from = place.from().minus(zones);
        Instant to = place.to().plus(zones);
        if (dependency.sameCycle()) {
            List<EdgeDao.Linked> bound =
                    batch.bound(dependency, between(children, from, to), place.environment(), false);
            batch.draw(
                    bound,
                    dependency.parent(),
                    edges(place, dependency, bound, parents).sameCycle());
        }
        if (dependency.previousCycle()) {
            // The next day's children wait for the previous cycle of what was planned.
            List<EdgeDao.Linked> ofDays = between(children, from, to.plus(Duration.ofDays(1)));
            List<EdgeDao.Linked> bound = batch.bound(dependency, ofDays, place.environment(), true);
            batch.draw(
                    bound,
                    dependency.parent(),
                    dependency.isOnItself()
                            ? batch.before(bound)
                            : edges(place, dependency, bound, parents).previousCycle());
        }
    }

    private static WantedEdges edges(
            Place place, EdgeDao.Dependency dependency, List<EdgeDao.Linked> children, List<EdgeDao.Linked> parents) {
        // A backfill may leave out times that need not run again; nothing stands for them.
        return new WantedEdges(dependency, children, parents, place.origin() == Origin.BACKFILL);
    }

    private static List<EdgeDao.Linked> between(List<EdgeDao.Linked> instances, Instant from, Instant to) {
        return instances.stream()
                .filter(i ->
                        !i.scheduledTime().isBefore(from) && i.scheduledTime().isBefore(to))
                .toList();
    }
}
