package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
    private final GenerationDao dao;
    private final Map<NodeId, List<GenerationDao.Linked>> instances;
    /** Made in this transaction: nobody else sees them, so they need no lock and have no edges yet. */
    private final Set<Long> born;

    private final List<Long> unlinkedChildren = new ArrayList<>();
    private final List<Long> unlinkedParentNodes = new ArrayList<>();
    private final Edges edges = new Edges(new ArrayList<>(), new ArrayList<>());
    private final Edges bornEdges = new Edges(new ArrayList<>(), new ArrayList<>());

    private record Edges(List<Long> children, List<Long> parents) {
        void add(long child, long parent) {
            children.add(child);
            parents.add(parent);
        }
    }

    private EdgeBatch(GenerationDao dao, Map<NodeId, List<GenerationDao.Linked>> instances, Set<Long> born) {
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
        GenerationDao dao = handle.attach(GenerationDao.class);
        long[] ids = nodes.stream().mapToLong(NodeId::value).distinct().toArray();
        var instances = dao.instancesOf(environment, ids, origin, originKey, from, to).stream()
                .collect(Collectors.groupingBy(GenerationDao.Linked::node));
        return new EdgeBatch(
                dao,
                instances,
                born.stream().map(InstanceId::value).collect(Collectors.toCollection(HashSet::new)));
    }

    /** In the order of their times. */
    List<GenerationDao.Linked> instancesOf(NodeId node) {
        return instances.getOrDefault(node, List.of());
    }

    /** Takes away the edges of an instance to a parent node; they are drawn anew. */
    void unlink(InstanceId child, NodeId parentNode) {
        if (!born.contains(child.value())) {
            unlinkedChildren.add(child.value());
            unlinkedParentNodes.add(parentNode.value());
        }
    }

    void link(InstanceId child, long parent) {
        (born.contains(child.value()) ? bornEdges : edges).add(child.value(), parent);
    }

    /** Writes what was gathered. */
    void write() {
        if (!unlinkedChildren.isEmpty()) {
            dao.unlink(longs(unlinkedChildren), longs(unlinkedParentNodes));
        }
        if (!edges.children().isEmpty()) {
            dao.link(longs(edges.children()), longs(edges.parents()));
        }
        if (!bornEdges.children().isEmpty()) {
            dao.linkBorn(longs(bornEdges.children()), longs(bornEdges.parents()));
        }
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
