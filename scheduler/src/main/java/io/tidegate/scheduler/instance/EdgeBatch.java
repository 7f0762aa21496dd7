package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The instances of a range of time between which edges are drawn, read together, and the edges, written together: the nodes of a
 * batch cost as many statements as one.
 */
final class EdgeBatch {
    private final EdgeDao dao;
    private final Map<NodeId, List<EdgeDao.Linked>> instances;
    /** Made in this transaction: nobody else sees them, so they need no lock and have no edges yet. */
    private final Set<Long> born;

    private final List<Long> unlinkedChildren = new ArrayList<>();
    private final List<Long> unlinkedParentNodes = new ArrayList<>();
    private final Map<Ends, WantedEdges.Edge> edges = new LinkedHashMap<>();
    private final Map<Ends, WantedEdges.Edge> bornEdges = new LinkedHashMap<>();

    private record Ends(InstanceId child, InstanceId parent) {}

    private EdgeBatch(EdgeDao dao, Map<NodeId, List<EdgeDao.Linked>> instances, Set<Long> born) {
        this.dao = dao;
        this.instances = instances;
        this.born = born;
    }

    /**
     * @param from first scheduled time that is looked at
     * @param to first one that is not
     * @param born instances that this transaction has made
     */
    static EdgeBatch of(
            Handle handle,
            Environment environment,
            Collection<NodeId> nodes,
            Origin origin,
            String originKey,
            Instant from,
            Instant to,
            Collection<InstanceId> born) {
        EdgeDao dao = handle.attach(EdgeDao.class);
        long[] ids = nodes.stream().mapToLong(NodeId::value).distinct().toArray();
        var instances = dao.instancesOf(environment, ids, origin, originKey, from, to).stream()
                .collect(Collectors.groupingBy(EdgeDao.Linked::nodeId));
        return new EdgeBatch(
                dao, instances, born.stream().map(InstanceId::value).collect(Collectors.toCollection(HashSet::new)));
    }

    /** In the order of their times. */
    List<EdgeDao.Linked> instancesOf(NodeId node) {
        return instances.getOrDefault(node, List.of());
    }

    /** The instances whose own version has the dependency: a deployment does not change what older ones wait for. */
    List<EdgeDao.Linked> bound(
            EdgeDao.Dependency dependency, List<EdgeDao.Linked> children, Environment environment, boolean previous) {
        long[] older = children.stream()
                .map(EdgeDao.Linked::versionId)
                .filter(version -> !version.equals(dependency.childVersion()))
                .mapToLong(NodeVersionId::value)
                .distinct()
                .toArray();
        if (older.length == 0) {
            return children;
        }
        Set<NodeVersionId> having =
                new HashSet<>(dao.versionsThatDependOn(environment, older, dependency.parent(), previous));
        having.add(dependency.childVersion());
        return children.stream()
                .filter(child -> having.contains(child.versionId()))
                .toList();
    }

    /** The edges of instances to the one of their node before them, however long ago it was. */
    List<WantedEdges.Edge> before(List<EdgeDao.Linked> children) {
        long[] waiting = children.stream()
                .filter(EdgeDao.Linked::waiting)
                .mapToLong(child -> child.id().value())
                .toArray();
        return dao.before(waiting).stream()
                .map(before -> new WantedEdges.Edge(before.child(), before.parent(), true))
                .toList();
    }

    /**
     * Puts edges in the place of all that the children have to a parent node. Of two edges between the same instances the one
     * that came first counts.
     */
    void draw(List<EdgeDao.Linked> children, NodeId parentNode, List<WantedEdges.Edge> wanted) {
        for (EdgeDao.Linked child : children) {
            if (child.waiting() && !born.contains(child.id().value())) {
                unlinkedChildren.add(child.id().value());
                unlinkedParentNodes.add(parentNode.value());
            }
        }
        for (WantedEdges.Edge edge : wanted) {
            (born.contains(edge.child().value()) ? bornEdges : edges)
                    .putIfAbsent(new Ends(edge.child(), edge.parent()), edge);
        }
    }

    /** Writes what was gathered. */
    void write() {
        if (!unlinkedChildren.isEmpty()) {
            dao.unlink(longs(unlinkedChildren), longs(unlinkedParentNodes));
        }
        if (!edges.isEmpty()) {
            dao.link(children(edges), parents(edges), previous(edges));
        }
        if (!bornEdges.isEmpty()) {
            dao.linkBorn(children(bornEdges), parents(bornEdges), previous(bornEdges));
        }
    }

    private static long[] children(Map<Ends, WantedEdges.Edge> edges) {
        return edges.keySet().stream().mapToLong(ends -> ends.child().value()).toArray();
    }

    private static long[] parents(Map<Ends, WantedEdges.Edge> edges) {
        return edges.keySet().stream().mapToLong(ends -> ends.parent().value()).toArray();
    }

    private static boolean[] previous(Map<Ends, WantedEdges.Edge> edges) {
        boolean[] previous = new boolean[edges.size()];
        int i = 0;
        for (WantedEdges.Edge edge : edges.values()) {
            previous[i++] = edge.previous();
        }
        return previous;
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
