package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Whether a node's parents and outputs fit into the live graph of an environment. */
public final class DependencyChecks {
    private static final Pattern OUTPUT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
    private static final int LONGEST_OUTPUT = 256;

    private final GraphDao graph;
    private final Environment environment;

    public DependencyChecks(Handle handle, Environment environment) {
        this.graph = handle.attach(GraphDao.class);
        this.environment = environment;
    }

    public List<Finding> of(Workspace workspace, Node node, NodeDocument document) {
        List<Finding> findings = new ArrayList<>();
        outputs(workspace, node, document, findings);
        dropped(workspace, node, document, findings);
        Map<String, GraphDao.Output> parents = parents(workspace, node, document, findings);
        new GraphLoops(graph, environment).find(workspace, node, document, parents, findings);
        return findings;
    }

    /** Only whether its outputs are well-formed and free. */
    public List<Finding> ofOutputs(Workspace workspace, Node node, NodeDocument document) {
        List<Finding> findings = new ArrayList<>();
        outputs(workspace, node, document, findings);
        return findings;
    }

    private Map<String, GraphDao.Output> parents(
            Workspace workspace, Node node, NodeDocument document, List<Finding> findings) {
        boolean hasParent = document.dependencies().stream().anyMatch(d -> d.kind() == DependencyKind.SAME_CYCLE);
        if (!hasParent && !node.root()) {
            findings.add(Finding.error(
                    "/dependencies",
                    "The node has no parent of its own cycle: an isolated node is never scheduled.",
                    "Add Root Node, which makes it depend on " + workspace.rootOutput() + "."));
        }
        Set<String> wanted = new TreeSet<>();
        document.dependencies().forEach(dependency -> wanted.add(dependency.output()));
        Map<String, GraphDao.Output> known = new HashMap<>();
        graph.owners(environment, wanted).forEach(output -> known.put(output.output(), output));
        Set<DependencyRef> seen = new HashSet<>();
        Set<String> outputs = outputsOf(workspace, node, document);
        for (int i = 0; i < document.dependencies().size(); i++) {
            DependencyRef dependency = document.dependencies().get(i);
            String at = "/dependencies/" + i + "/output";
            boolean own = outputs.contains(dependency.output()) || isOwn(node, known.get(dependency.output()));
            if (!dependency.kind().namesParent()) {
                ofNoOther(dependency, own, seen, at, findings);
                continue;
            }
            if (!seen.add(dependency)) {
                findings.add(
                        Finding.warning(at, "The parent " + dependency.output() + " is there twice.", "Remove one."));
            }
            if (own) {
                findings.add(Finding.error(
                        at,
                        "The node depends on its own output " + dependency.output() + ".",
                        dependency.kind() == DependencyKind.SAME_CYCLE
                                ? "Remove this parent."
                                : "Choose the dependency on the previous cycle of the node itself."));
            } else if (dependency.output().isBlank()) {
                findings.add(Finding.error(at, "The dependency names no output.", "Name an output of the parent."));
            } else if (!known.containsKey(dependency.output())) {
                findings.add(Finding.error(
                        at,
                        "The parent output " + dependency.output() + " does not exist in " + environment + ".",
                        "Correct the name, or " + (environment == Environment.DEV ? "commit" : "deploy")
                                + " the parent first."));
            }
        }
        return known;
    }

    private static void ofNoOther(
            DependencyRef dependency, boolean own, Set<DependencyRef> seen, String at, List<Finding> findings) {
        if (!dependency.output().isEmpty() && !own) {
            findings.add(Finding.error(
                    at,
                    "A dependency of the kind " + dependency.kind() + " names no other node, and not "
                            + dependency.output() + ".",
                    "Leave the output empty, or choose the previous cycle of a named node."));
        }
        if (!seen.add(new DependencyRef("", dependency.kind()))) {
            findings.add(
                    Finding.warning(at, "The dependency " + dependency.kind() + " is there twice.", "Remove one."));
        }
    }

    private static boolean isOwn(Node node, GraphDao.@Nullable Output output) {
        return output != null && output.nodeId().equals(node.id());
    }

    private void outputs(Workspace workspace, Node node, NodeDocument document, List<Finding> findings) {
        Map<String, GraphDao.Output> owners = new HashMap<>();
        graph.owners(environment, outputsOf(workspace, node, document))
                .forEach(output -> owners.put(output.output(), output));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < document.outputs().size(); i++) {
            String output = document.outputs().get(i);
            String at = "/outputs/" + i;
            if (!OUTPUT.matcher(output).matches() || output.length() > LONGEST_OUTPUT) {
                findings.add(Finding.error(
                        at,
                        "Output name '" + output + "' is not usable.",
                        "Write it as project.table, with letters, digits, '_' and '-' between the periods, at most "
                                + LONGEST_OUTPUT + " characters."));
            } else if (!seen.add(output)) {
                findings.add(Finding.error(at, "The output " + output + " is there twice.", "Remove one."));
            } else {
                takenBy(owners, node, output, at, findings);
            }
        }
        takenBy(owners, node, defaultOutput(workspace, node), "/outputs", findings);
    }

    /** Children go on waiting for this node whatever its outputs are called, but cannot be committed as they are. */
    private void dropped(Workspace workspace, Node node, NodeDocument document, List<Finding> findings) {
        Set<String> kept = outputsOf(workspace, node, document);
        for (GraphDao.Dependent dependent : graph.dependents(environment, node.id())) {
            if (!kept.contains(dependent.output())) {
                findings.add(Finding.warning(
                        "/outputs",
                        "The node " + dependent.nodeName() + " depends on the output " + dependent.output()
                                + ", which this version no longer has.",
                        "Keep the output, or change the dependency of " + dependent.nodeName() + " next."));
            }
        }
    }

    private void takenBy(
            Map<String, GraphDao.Output> owners, Node node, String output, String at, List<Finding> findings) {
        GraphDao.Output owner = owners.get(output);
        if (owner != null && !owner.nodeId().equals(node.id())) {
            findings.add(Finding.error(
                    at,
                    "The output " + output + " is the node " + owner.nodeName() + "'s already in " + environment + ".",
                    "Choose another name: an output belongs to one node."));
        }
    }

    /** All outputs of a node: the one it always has, and the user's own. */
    public static Set<String> outputsOf(Workspace workspace, Node node, NodeDocument document) {
        Set<String> outputs = new LinkedHashSet<>();
        outputs.add(defaultOutput(workspace, node));
        outputs.addAll(document.outputs());
        return outputs;
    }

    private static String defaultOutput(Workspace workspace, Node node) {
        return workspace.name() + "." + node.name();
    }
}
