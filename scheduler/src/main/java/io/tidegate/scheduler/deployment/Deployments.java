package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.node.DependencyChecks;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ResourceGroupChecks;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings committed versions to PROD. */
public final class Deployments {
    private static final int LISTED = 200;

    private final Jdbi jdbi;
    private final Workspaces workspaces;
    private final Nodes nodes;
    private final DeploymentChecks checks;
    private final LiveNodes liveNodes;
    private final Audit audit;
    private final InstantSource clock;

    public Deployments(
            Jdbi jdbi,
            Workspaces workspaces,
            Nodes nodes,
            DeploymentChecks checks,
            LiveNodes liveNodes,
            Audit audit,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.workspaces = workspaces;
        this.nodes = nodes;
        this.checks = checks;
        this.liveNodes = liveNodes;
        this.audit = audit;
        this.clock = clock;
    }

    /** The nodes whose newest version is not live in PROD, by name. */
    public List<DeploymentCandidate> candidates(WorkspaceId workspace) {
        return jdbi.withExtension(DeploymentDao.class, dao -> dao.candidates(workspace));
    }

    /** The deployed nodes that hang on nothing, or on something that is not there, by name. */
    public List<IsolatedNode> isolated(WorkspaceId workspace) {
        return jdbi.withExtension(DeployedNodeDao.class, dao -> dao.isolated(workspace));
    }

    /**
     * Makes the versions live in PROD, all or none. An older version than the live one is deployed too: that is how one
     * goes back.
     *
     * @throws DeployRefused when the checks against PROD find errors; nothing changed
     * @throws InvalidInputException when the request itself is wrong
     * @throws NotFoundException when there is no such version
     */
    public Deployment deploy(WorkspaceId workspaceId, List<NodeVersionRef> refs, String note, UserId by) {
        Workspace workspace = workspaces.get(workspaceId);
        requireSound(workspace, refs);
        List<Item> items = refs.stream().map(ref -> item(workspaceId, ref)).toList();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            addAt(i, checks.of(workspace, item.node(), item.version().document()), findings);
        }
        if (Finding.anyBlocks(findings)) {
            throw new DeployRefused(findings);
        }
        return jdbi.inTransaction(handle -> {
            checkAndWriteGraph(handle, workspace, items);
            DeploymentDao dao = handle.attach(DeploymentDao.class);
            DeploymentId id = dao.insert(workspaceId, note.strip(), by, clock.instant());
            for (Item item : items) {
                dao.insertItem(id, item.node().id(), item.version().id());
                liveNodes.writeLive(handle, workspace, Environment.PROD, item.node(), item.version());
            }
            audit.record(
                    handle,
                    Act.by(by, "deployment.create", "deployment " + id.value())
                            .in(workspaceId)
                            .with("versions", named(items))
                            .with("note", note.strip()));
            return withItems(dao, List.of(dao.find(id).orElseThrow())).get(0);
        });
    }

    /** The newest deployments of a workspace, newest first. */
    public List<Deployment> list(WorkspaceId workspace) {
        return jdbi.withExtension(DeploymentDao.class, dao -> withItems(dao, dao.newest(workspace, LISTED)));
    }

    public Deployment get(DeploymentId id) {
        return jdbi.withExtension(DeploymentDao.class, dao -> {
            DeploymentDao.Row row = dao.find(id).orElseThrow(() -> new NotFoundException("deployment", id));
            return withItems(dao, List.of(row)).get(0);
        });
    }

    private record Item(Node node, NodeVersion version) {}

    private Item item(WorkspaceId workspace, NodeVersionRef ref) {
        Node node = nodes.get(ref.nodeId());
        if (!node.workspaceId().equals(workspace)) {
            throw new NotFoundException("node", ref.nodeId());
        }
        return new Item(node, nodes.version(ref));
    }

    /**
     * Outputs of all come first, so that nodes of one deployment may depend on each other whatever their order. The checks
     * come last, on the graph as it would be; what they refuse is rolled back.
     */
    private void checkAndWriteGraph(Handle handle, Workspace workspace, List<Item> items) {
        liveNodes.lockGraph(handle);
        List<Finding> findings = new ArrayList<>();
        DependencyChecks dependencies = new DependencyChecks(handle, Environment.PROD);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            addAt(i, ResourceGroupChecks.holding(handle, item.version().document()), findings);
            addAt(
                    i,
                    dependencies.ofOutputs(
                            workspace, item.node(), item.version().document()),
                    findings);
            if (Finding.anyBlocks(findings)) {
                throw new DeployRefused(findings);
            }
            liveNodes.writeOutputs(
                    handle,
                    workspace,
                    Environment.PROD,
                    item.node(),
                    item.version().document());
        }
        for (Item item : items) {
            liveNodes.writeDependencies(
                    handle, Environment.PROD, item.node(), item.version().document());
        }
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            addAt(i, dependencies.of(workspace, item.node(), item.version().document()), findings);
        }
        if (Finding.anyBlocks(findings)) {
            throw new DeployRefused(findings);
        }
    }

    private static void requireSound(Workspace workspace, List<NodeVersionRef> refs) {
        if (workspace.mode() == WorkspaceMode.BASIC) {
            throw InvalidInputException.of(
                    "",
                    "In a BASIC workspace a commit is live at once, so there is nothing to deploy.",
                    "Commit the node.");
        }
        if (refs.isEmpty()) {
            throw InvalidInputException.of("/nodes", "No version is chosen.", "Choose one at least.");
        }
        Set<NodeId> seen = new HashSet<>();
        for (int i = 0; i < refs.size(); i++) {
            if (!seen.add(refs.get(i).nodeId())) {
                throw InvalidInputException.of(
                        "/nodes/" + i, "Two versions of one node are chosen.", "Choose one of them.");
            }
        }
    }

    private static void addAt(int index, List<Finding> findings, List<Finding> all) {
        findings.forEach(finding -> all.add(new Finding(
                finding.severity(), "/nodes/" + index + finding.field(), finding.message(), finding.cure())));
    }

    private static String named(List<Item> items) {
        return items.stream()
                .map(item -> item.node().name() + " V" + item.version().version())
                .collect(Collectors.joining(", "));
    }

    private static List<Deployment> withItems(DeploymentDao dao, List<DeploymentDao.Row> rows) {
        Map<DeploymentId, List<Deployment.Item>> items = new HashMap<>();
        dao.items(rows.stream().map(row -> row.id().value()).toList())
                .forEach(item -> items.computeIfAbsent(item.deploymentId(), id -> new ArrayList<>())
                        .add(new Deployment.Item(
                                item.nodeId(), item.nodeName(), item.version(), item.previousVersion())));
        return rows.stream()
                .map(row -> new Deployment(
                        row.id(),
                        row.note(),
                        row.deployedBy(),
                        row.deployedAt(),
                        items.getOrDefault(row.id(), List.of())))
                .toList();
    }
}
