package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.node.CommitRefused;
import io.tidegate.scheduler.node.DependencyChecks;
import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.ResourceGroupChecks;
import io.tidegate.scheduler.node.VersionActivation;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Makes versions live: writes what runs in an environment, the graph there, and from when on it is planned anew. */
public final class LiveNodes implements VersionActivation {
    private final InstanceReplanner replanner;
    private final InstantSource clock;

    public LiveNodes(InstanceReplanner replanner, InstantSource clock) {
        this.replanner = replanner;
        this.clock = clock;
    }

    /** For a commit: the graph and the groups may have changed since they were checked, so they are looked at again, locked. */
    @Override
    public void activate(Handle handle, Workspace workspace, Environment environment, Node node, NodeVersion version) {
        lockGraph(handle);
        List<Finding> findings = new ArrayList<>(ResourceGroupChecks.holding(handle, version.document()));
        findings.addAll(new DependencyChecks(handle, environment).of(workspace, node, version.document()));
        if (Finding.anyBlocks(findings)) {
            throw new CommitRefused(findings);
        }
        writeOutputs(handle, workspace, environment, node, version.document());
        writeDependencies(handle, environment, node, version.document());
        writeLive(handle, workspace, environment, node, version);
    }

    void lockGraph(Handle handle) {
        handle.attach(DeployedNodeDao.class).lockGraph();
    }

    void writeOutputs(Handle handle, Workspace workspace, Environment environment, Node node, NodeDocument document) {
        DeployedNodeDao dao = handle.attach(DeployedNodeDao.class);
        dao.deleteOutputs(environment, node.id());
        dao.insertOutputs(environment, DependencyChecks.outputsOf(workspace, node, document), node.id());
    }

    /** The parents' outputs must have been written before. */
    void writeDependencies(Handle handle, Environment environment, Node node, NodeDocument document) {
        DeployedNodeDao dao = handle.attach(DeployedNodeDao.class);
        dao.deleteDependencies(environment, node.id());
        Map<DependencyKind, Set<String>> byKind = new EnumMap<>(DependencyKind.class);
        for (DependencyRef dependency : document.dependencies()) {
            byKind.computeIfAbsent(dependency.kind(), kind -> new TreeSet<>()).add(dependency.output());
        }
        byKind.forEach((kind, outputs) -> {
            if (kind.namesParent()) {
                dao.insertDependencies(environment, node.id(), kind, outputs);
            } else {
                dao.insertDependencyOnItself(environment, node.id(), kind);
            }
        });
        dao.deleteDependenciesOnChildren(environment, node.id());
        dao.insertDependenciesOnChildren(environment, node.id());
    }

    void writeLive(Handle handle, Workspace workspace, Environment environment, Node node, NodeVersion version) {
        DeployedNodeDao dao = handle.attach(DeployedNodeDao.class);
        Instant now = clock.instant();
        Optional<Instant> plannedBefore = dao.plannedUntil(environment, node.id());
        Instant plannedUntil;
        if (plannedBefore.isEmpty()) {
            // Today's instance of the root node is there whenever the workspace was made, or nothing would run today.
            plannedUntil = node.root() ? workspace.startOfDay(now) : now;
        } else {
            Instant from = version.document().schedule().generation() == InstanceGeneration.IMMEDIATE
                    ? now
                    : workspace.startOfNextDay(now);
            replanner.removeUnstarted(handle, environment, node.id(), from);
            plannedUntil = plannedBefore.get().isBefore(from) ? plannedBefore.get() : from;
        }
        dao.write(environment, node.id(), version.id(), now, plannedUntil);
    }
}
