package io.tidegate.scheduler.node;

import io.tidegate.scheduler.workspace.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes a node would wait for, and which for it, if a document of it were live. */
final class NodeEdges {
    private final GraphDao graph;
    private final Environment environment;

    NodeEdges(GraphDao graph, Environment environment) {
        this.graph = graph;
        this.environment = environment;
    }

    /** What the document itself says, and the node's children where it waits for those. */
    List<GraphDao.Edge> parentsOf(Node node, NodeDocument document, Map<String, GraphDao.Output> parents) {
        List<GraphDao.Edge> edges = new ArrayList<>();
        for (DependencyRef dependency : document.dependencies()) {
            GraphDao.Output parent = dependency.kind().namesParent() ? parents.get(dependency.output()) : null;
            if (parent != null && !parent.nodeId().equals(node.id())) {
                boolean previous = dependency.kind() != DependencyKind.SAME_CYCLE;
                edges.add(new GraphDao.Edge(node.id(), node.name(), parent.nodeId(), parent.nodeName(), previous));
            } else if (dependency.kind() == DependencyKind.PREVIOUS_CYCLE_CHILDREN) {
                graph.childrenOf(environment, node.id())
                        .forEach(child -> edges.add(
                                new GraphDao.Edge(node.id(), node.name(), child.childId(), child.childName(), true)));
            }
        }
        return edges;
    }

    /** Parents that wait for their children wait for this node from now on. */
    List<GraphDao.Edge> asChildOf(Node node, List<GraphDao.Edge> own) {
        List<GraphDao.Edge> same = own.stream().filter(edge -> !edge.previous()).toList();
        Set<NodeId> asking = new HashSet<>(graph.waitingForTheirChildren(environment, parentIds(same)));
        return same.stream()
                .filter(edge -> asking.contains(edge.parentId()))
                .map(edge -> new GraphDao.Edge(edge.parentId(), edge.parentName(), node.id(), node.name(), true))
                .toList();
    }

    static Collection<Long> parentIds(List<GraphDao.Edge> edges) {
        return edges.stream().map(edge -> edge.parentId().value()).distinct().toList();
    }
}
