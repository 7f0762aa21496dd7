package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.backfill.NewBackfill.NodeChoice;
import io.tidegate.scheduler.backfill.NewBackfill.ParameterOverride;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes a request is about, as they are deployed, with the parameters that it gives them. */
final class ChosenNodes {
    private ChosenNodes() {}

    /**
     * @throws InvalidInputException when one is not deployed in PROD of the workspace, or the choice comes to nothing
     */
    static List<RunnableNode> of(
            BackfillPlanDao dao, WorkspaceId workspace, NewBackfill wanted, ZoneId zone, List<Finding> findings) {
        Set<Long> ids = chosen(dao, workspace, wanted.nodes(), findings);
        List<RunnableNode> nodes = new ArrayList<>();
        Set<Long> missing = new TreeSet<>(ids);
        for (BackfillPlanDao.Deployed deployed : dao.deployed(workspace, longs(ids))) {
            nodes.add(deployed.node(withParameters(deployed, wanted.parameters()), zone));
            missing.remove(deployed.nodeId().value());
        }
        if (!missing.isEmpty()) {
            List<String> named = missing.stream().map(String::valueOf).toList();
            throw InvalidInputException.of(
                    "/nodeIds",
                    (missing.size() == 1 ? "Node " : "Nodes ")
                            + BackfillChecks.named(named, "is", "are")
                            + " not deployed in PROD of this workspace.",
                    "Deploy first, and leave out what belongs to another workspace.");
        }
        refuseUnknown(wanted, ids);
        return nodes;
    }

    private static Set<Long> chosen(
            BackfillPlanDao dao, WorkspaceId workspace, NodeChoice choice, List<Finding> findings) {
        Set<Long> named = values(choice.nodes());
        return switch (choice.kind()) {
            case LIST -> named;
            case DESCENDANTS -> {
                List<Long> all = dao.withDescendants(longs(named), BackfillChecks.NODES_MAX + 1);
                BackfillChecks.refuseTooManyNodes(all.size());
                yield ofWorkspace(dao, workspace, named, all, findings);
            }
            case CHAIN -> {
                Set<Long> ends = values(choice.ends());
                int limit = BackfillChecks.NODES_MAX * 10;
                Set<Long> between = new TreeSet<>(dao.withDescendants(longs(named), limit));
                between.retainAll(new HashSet<>(dao.withAncestors(longs(ends), limit)));
                if (between.isEmpty()) {
                    throw InvalidInputException.of(
                            "/chainEndIds",
                            "None of the ends waits for any of the beginnings.",
                            "Choose an end that is a descendant of a beginning.");
                }
                BackfillChecks.refuseTooManyNodes(between.size());
                yield ofWorkspace(dao, workspace, Set.of(), between, findings);
            }
        };
    }

    /** What others have built on these nodes is not this workspace's to run. */
    private static Set<Long> ofWorkspace(
            BackfillPlanDao dao, WorkspaceId workspace, Set<Long> named, Collection<Long> all, List<Finding> findings) {
        Set<Long> own = new TreeSet<>(dao.inWorkspace(workspace, longs(all)));
        // One that is named and is not there is refused later, with its own sentence.
        own.addAll(named);
        int others = all.size() - own.size();
        if (others > 0) {
            findings.add(Finding.warning(
                    "/nodeIds",
                    "%d more nodes of the selection belong to other workspaces or are not deployed, and are left out."
                            .formatted(others),
                    "Run a backfill in each of the other workspaces as well, if they are to follow."));
        }
        return own;
    }

    private static NodeDocument withParameters(BackfillPlanDao.Deployed deployed, List<ParameterOverride> overrides) {
        List<ParameterAssignment> parameters =
                new ArrayList<>(deployed.document().parameters());
        for (int i = 0; i < overrides.size(); i++) {
            ParameterOverride override = overrides.get(i);
            if (!override.node().equals(deployed.nodeId())) {
                continue;
            }
            String at = "/parameters/" + i;
            checkExpression(override, at + "/expression");
            ParameterAssignment own = parameters.stream()
                    .filter(parameter -> parameter.name().equals(override.name()))
                    .findFirst()
                    .orElseThrow(() -> unknownParameter(deployed, override, at + "/name"));
            parameters.set(parameters.indexOf(own), new ParameterAssignment(own.name(), override.expression()));
        }
        return deployed.document().withParameters(parameters);
    }

    private static void checkExpression(ParameterOverride override, String at) {
        try {
            ParameterExpression.parse(override.expression());
        } catch (ParameterSyntaxException e) {
            throw InvalidInputException.of(at, "Column " + e.column() + ": " + e.reason(), e.cure());
        }
    }

    private static InvalidInputException unknownParameter(
            BackfillPlanDao.Deployed deployed, ParameterOverride override, String at) {
        List<String> names = deployed.document().parameters().stream()
                .map(ParameterAssignment::name)
                .toList();
        return InvalidInputException.of(
                at,
                "The node %s has no parameter '%s'.".formatted(deployed.name(), override.name()),
                names.isEmpty() ? "It has none." : "It has " + String.join(", ", names) + ".");
    }

    private static void refuseUnknown(NewBackfill wanted, Set<Long> ids) {
        Set<Long> excluded = values(wanted.nodes().excluded());
        for (NodeId node : wanted.nodes().excluded()) {
            if (!ids.contains(node.value())) {
                throw InvalidInputException.of(
                        "/excludedNodeIds",
                        "Node %d is excluded, but is not among those that are chosen.".formatted(node.value()),
                        "Only a chosen node can be excluded; with a list of nodes, name it there as well.");
            }
        }
        if (excluded.containsAll(ids)) {
            throw InvalidInputException.of(
                    "/excludedNodeIds", "All chosen nodes are excluded, so nothing would run.", "Exclude fewer.");
        }
        for (ParameterOverride override : wanted.parameters()) {
            if (!ids.contains(override.node().value())) {
                throw InvalidInputException.of(
                        "/parameters",
                        "A parameter is given for node %d, which is not among those that are chosen."
                                .formatted(override.node().value()),
                        "Leave it out, or choose the node.");
            }
        }
    }

    private static Set<Long> values(Collection<NodeId> nodes) {
        Set<Long> values = new TreeSet<>();
        nodes.forEach(node -> values.add(node.value()));
        return values;
    }

    static long[] longs(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
