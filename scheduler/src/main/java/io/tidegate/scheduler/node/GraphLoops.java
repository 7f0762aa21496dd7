package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.InvalidCycleException;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for loops through a node. One among dependencies on the same cycle is always wrong. One through a previous cycle is a
 * spiral in time and legal, unless the nodes run so differently often that their instances wait for each other all the same.
 */
final class GraphLoops {
    private final GraphDao graph;
    private final Environment environment;

    GraphLoops(GraphDao graph, Environment environment) {
        this.graph = graph;
        this.environment = environment;
    }

    /**
     * @param parents the nodes that own the outputs which the document names, by output
     */
    void find(
            Workspace workspace,
            Node node,
            NodeDocument document,
            Map<String, GraphDao.Output> parents,
            List<Finding> findings) {
        NodeEdges edges = new NodeEdges(graph, environment);
        List<GraphDao.Edge> own = edges.parentsOf(node, document, parents);
        if (own.isEmpty()) {
            return;
        }
        Map<NodeId, List<GraphDao.Edge>> upwards = new HashMap<>();
        own.forEach(edge -> add(upwards, edge));
        graph.edgesUpstreamOf(environment, NodeEdges.parentIds(own)).stream()
                // What is live of this node is about to be replaced.
                .filter(edge -> !edge.childId().equals(node.id()))
                .forEach(edge -> add(upwards, edge));
        edges.asChildOf(node, own).forEach(edge -> add(upwards, edge));
        boolean found = false;
        for (int i = 0; i < document.dependencies().size(); i++) {
            DependencyRef dependency = document.dependencies().get(i);
            GraphDao.Output parent = parents.get(dependency.output());
            if (dependency.kind() != DependencyKind.SAME_CYCLE || parent == null || isOwn(node, parent)) {
                continue;
            }
            List<String> path = pathUp(parent, node.id(), upwards);
            if (!path.isEmpty()) {
                found = true;
                findings.add(Finding.error(
                        "/dependencies/" + i + "/output",
                        "The nodes wait for each other: " + node.name() + " -> " + String.join(" -> ", path) + ".",
                        "Remove one of these dependencies."));
            }
        }
        if (!found) {
            amongInstances(workspace, node, document, upwards, findings);
        }
    }

    private void amongInstances(
            Workspace workspace,
            Node node,
            NodeDocument document,
            Map<NodeId, List<GraphDao.Edge>> upwards,
            List<Finding> findings) {
        Set<NodeId> around = around(node.id(), upwards);
        if (around.size() < 2) {
            return;
        }
        Map<NodeId, InstanceLoops.Member> members = new LinkedHashMap<>();
        graph.live(environment, around.stream().map(NodeId::value).toList())
                .forEach(live -> members.put(live.nodeId(), new InstanceLoops.Member(live.name(), live.cycle())));
        members.put(node.id(), new InstanceLoops.Member(node.name(), document.cycleIn(workspace.timeZone())));
        List<GraphDao.Edge> edges = upwards.values().stream()
                .flatMap(List::stream)
                .filter(edge -> members.containsKey(edge.childId()) && members.containsKey(edge.parentId()))
                .toList();
        List<String> path;
        try {
            path = InstanceLoops.path(members, edges);
        } catch (InvalidCycleException e) {
            // The checks of the schedule say so.
            return;
        }
        if (!path.isEmpty()) {
            findings.add(Finding.error(
                    "/dependencies",
                    "Instances of these nodes would wait for each other for ever: " + String.join(" -> ", path) + ".",
                    "Remove one of the dependencies, or give the nodes the same cycle."));
        }
    }

    /** The nodes above a node that have it above themselves, and itself. */
    private static Set<NodeId> around(NodeId node, Map<NodeId, List<GraphDao.Edge>> upwards) {
        Map<NodeId, List<GraphDao.Edge>> downwards = new HashMap<>();
        upwards.values()
                .forEach(edges -> edges.forEach(edge -> downwards
                        .computeIfAbsent(edge.parentId(), id -> new ArrayList<>())
                        .add(edge.turned())));
        Set<NodeId> around = reachable(node, upwards);
        around.retainAll(reachable(node, downwards));
        return around;
    }

    private static Set<NodeId> reachable(NodeId from, Map<NodeId, List<GraphDao.Edge>> edges) {
        Set<NodeId> reached = new LinkedHashSet<>(Set.of(from));
        Deque<NodeId> open = new ArrayDeque<>(reached);
        for (NodeId at = open.poll(); at != null; at = open.poll()) {
            for (GraphDao.Edge edge : edges.getOrDefault(at, List.of())) {
                if (reached.add(edge.parentId())) {
                    open.add(edge.parentId());
                }
            }
        }
        return reached;
    }

    /** The names from the parent up to the node by the same cycle, or nothing when the node is not upstream of it. */
    private static List<String> pathUp(GraphDao.Output parent, NodeId node, Map<NodeId, List<GraphDao.Edge>> upwards) {
        Map<NodeId, List<String>> paths = new HashMap<>();
        Deque<NodeId> open = new ArrayDeque<>();
        paths.put(parent.nodeId(), List.of(parent.nodeName()));
        open.add(parent.nodeId());
        Predicate<GraphDao.Edge> isNew = edge -> !edge.previous() && !paths.containsKey(edge.parentId());
        for (NodeId at = open.poll(); at != null; at = open.poll()) {
            List<String> pathHere = paths.getOrDefault(at, List.of());
            if (at.equals(node)) {
                return pathHere;
            }
            for (GraphDao.Edge edge : upwards.getOrDefault(at, List.of())) {
                if (isNew.test(edge)) {
                    List<String> longer = new ArrayList<>(pathHere);
                    longer.add(edge.parentName());
                    paths.put(edge.parentId(), longer);
                    open.add(edge.parentId());
                }
            }
        }
        return List.of();
    }

    private static boolean isOwn(Node node, GraphDao.Output output) {
        return output.nodeId().equals(node.id());
    }

    private static void add(Map<NodeId, List<GraphDao.Edge>> upwards, GraphDao.Edge edge) {
        upwards.computeIfAbsent(edge.childId(), id -> new ArrayList<>()).add(edge);
    }
}
