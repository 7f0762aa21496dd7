package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Draws the edges between instances: which instances of a parent node an instance waits for. Drawn day by day, anew for all
 * instances of the day that have not started, so that it does not matter whether the parent or the child was planned first.
 */
public final class InstanceLinks {
    /** So many pairs of nodes at once, however many children a node has. */
    private static final int PAIRS_AT_ONCE = 200;

    /**
     * Draws the edges from and to the cycle instances of a node.
     *
     * @param from first instant of what was planned
     * @param to first instant after it
     */
    public void linkCycle(Handle handle, RunnableNode node, Instant from, Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        // Whole days: the rules look at all instances of a day.
        Instant start =
                LocalDate.ofInstant(from, node.zone()).atStartOfDay(node.zone()).toInstant();
        Instant end = LocalDate.ofInstant(to.minusNanos(1), node.zone())
                .plusDays(1)
                .atStartOfDay(node.zone())
                .toInstant();
        long[] ids = {node.nodeId().value()};
        Drawing drawing = new Drawing(dao, node.environment(), Origin.CYCLE, "");
        drawing.draw(dao.dependenciesOf(node.environment(), ids, start), start, end);
    }

    /** Draws the edges among the instances of some nodes that one request has made; others are not looked at. */
    public void linkAmong(
            Handle handle, List<RunnableNode> nodes, Origin origin, String originKey, Instant from, Instant to) {
        GenerationDao dao = handle.attach(GenerationDao.class);
        long[] ids =
                nodes.stream().mapToLong(node -> node.nodeId().value()).distinct().toArray();
        Environment environment = nodes.get(0).environment();
        Drawing drawing = new Drawing(dao, environment, origin, originKey);
        drawing.draw(dao.dependenciesAmong(environment, ids), from, to);
    }

    /** The edges of one origin. */
    private record Drawing(GenerationDao dao, Environment environment, Origin origin, String originKey) {

        /** Edges of what was planned in {@code [from, to)}, whole days in the zone of whoever was planned. */
        void draw(List<GenerationDao.Dependency> all, Instant from, Instant to) {
            for (int i = 0; i < all.size(); i += PAIRS_AT_ONCE) {
                drawSome(all.subList(i, Math.min(all.size(), i + PAIRS_AT_ONCE)), from, to);
            }
        }

        private void drawSome(List<GenerationDao.Dependency> some, Instant from, Instant to) {
            boolean previous = some.stream().anyMatch(GenerationDao.Dependency::previousCycle);
            boolean zones = some.stream().anyMatch(d -> !d.childZone().equals(d.parentZone()));
            // Dates of two zones lie up to 26 hours apart.
            Instant sameFrom = from.minus(Duration.ofDays(zones ? 1 : 0));
            Instant sameTo = to.plus(Duration.ofDays(zones ? 1 : 0));
            // The next day's children wait for the previous cycle of what was planned.
            Instant childrenTo = sameTo.plus(Duration.ofDays(previous ? 1 : 0));
            Duration aside = Duration.ofDays((zones ? 3 : 0) + (previous ? 1 : 0));
            Map<NodeId, List<GenerationDao.Linked>> children =
                    instances(some, GenerationDao.Dependency::child, sameFrom, childrenTo);
            Map<NodeId, List<GenerationDao.Linked>> parents = instances(
                    some, GenerationDao.Dependency::parent, sameFrom.minus(aside), childrenTo.plus(aside));
            Edges edges = new Edges();
            for (GenerationDao.Dependency dependency : some) {
                List<GenerationDao.Linked> ofChild = children.getOrDefault(dependency.child(), List.of());
                if (!ofChild.isEmpty()) {
                    pair(
                            dependency,
                            ofChild,
                            parents.getOrDefault(dependency.parent(), List.of()),
                            sameTo,
                            edges);
                }
            }
            edges.write(dao);
        }

        private void pair(
                GenerationDao.Dependency dependency,
                List<GenerationDao.Linked> children,
                List<GenerationDao.Linked> parents,
                Instant sameTo,
                Edges edges) {
            if (dependency.sameCycle()) {
                // Of later days not all parents were looked up.
                List<GenerationDao.Linked> ofDays = children.stream()
                        .filter(child -> child.scheduledTime().isBefore(sameTo))
                        .toList();
                List<GenerationDao.Linked> bound = bound(dependency, ofDays, false);
                edges.redraw(bound, dependency.parent(), new WantedEdges(dependency, bound, parents).sameCycle());
            }
            if (dependency.previousCycle()) {
                List<GenerationDao.Linked> bound = bound(dependency, children, true);
                edges.redraw(
                        bound,
                        dependency.parent(),
                        dependency.isOnItself()
                                ? before(bound)
                                : new WantedEdges(dependency, bound, parents).previousCycle());
            }
        }

        /** The instances whose own version has the dependency: a deployment does not change what older ones wait for. */
        private List<GenerationDao.Linked> bound(
                GenerationDao.Dependency dependency, List<GenerationDao.Linked> children, boolean previous) {
            long[] older = children.stream()
                    .map(GenerationDao.Linked::versionId)
                    .filter(version -> !version.equals(dependency.childVersion()))
                    .mapToLong(NodeVersionId::value)
                    .distinct()
                    .toArray();
            if (older.length == 0) {
                return children;
            }
            Set<NodeVersionId> having = new HashSet<>(
                    dao.versionsThatDependOn(environment, older, dependency.parent(), previous));
            having.add(dependency.childVersion());
            return children.stream()
                    .filter(child -> having.contains(child.versionId()))
                    .toList();
        }

        private List<WantedEdges.Edge> before(List<GenerationDao.Linked> instances) {
            long[] waiting = instances.stream()
                    .filter(GenerationDao.Linked::waiting)
                    .mapToLong(instance -> instance.id().value())
                    .toArray();
            return dao.before(waiting).stream()
                    .map(before -> new WantedEdges.Edge(before.child(), before.parent(), true))
                    .toList();
        }

        private Map<NodeId, List<GenerationDao.Linked>> instances(
                List<GenerationDao.Dependency> of,
                Function<GenerationDao.Dependency, NodeId> side,
                Instant from,
                Instant to) {
            long[] ids = of.stream()
                    .map(side)
                    .mapToLong(NodeId::value)
                    .distinct()
                    .toArray();
            return dao.instancesOf(environment, ids, origin, originKey, from, to).stream()
                    .collect(Collectors.groupingBy(GenerationDao.Linked::nodeId));
        }
    }

    private record Pair(long child, long parent) {}

    /** What is to be there afterwards, of the pairs that were looked at. */
    private static final class Edges {
        private final Map<Pair, WantedEdges.Edge> wanted = new LinkedHashMap<>();
        private final Set<Pair> lookedAt = new LinkedHashSet<>();

        /** An instance that is waited for in both ways counts as of the same cycle. */
        void redraw(
                Collection<GenerationDao.Linked> children, NodeId parent, Collection<WantedEdges.Edge> edges) {
            children.stream()
                    .filter(GenerationDao.Linked::waiting)
                    .forEach(child -> lookedAt.add(new Pair(child.id().value(), parent.value())));
            edges.forEach(edge -> wanted.putIfAbsent(
                    new Pair(edge.child().value(), edge.parent().value()), edge));
        }

        void write(GenerationDao dao) {
            dao.unlink(
                    lookedAt.stream().mapToLong(Pair::child).toArray(),
                    lookedAt.stream().mapToLong(Pair::parent).toArray());
            List<WantedEdges.Edge> edges = List.copyOf(wanted.values());
            boolean[] previous = new boolean[edges.size()];
            for (int i = 0; i < previous.length; i++) {
                previous[i] = edges.get(i).previous();
            }
            dao.link(
                    edges.stream().mapToLong(edge -> edge.child().value()).toArray(),
                    edges.stream().mapToLong(edge -> edge.parent().value()).toArray(),
                    previous);
        }
    }
}
