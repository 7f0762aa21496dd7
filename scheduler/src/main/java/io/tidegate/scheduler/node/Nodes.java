package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workflow.Workflow;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The nodes of a workspace: their drafts, and the versions that commits make of them. */
public final class Nodes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,128}");
    private static final int LONGEST_NOTE = 2000;
    private static final int MOST_PREVIEWED = 1000;

    private final Jdbi jdbi;
    private final Workspaces workspaces;
    private final Workflows workflows;
    private final NodeChecks checks;
    private final VersionActivation activation;
    private final Audit audit;
    private final InstantSource clock;

    /**
     * @param activation makes a committed version live where commits go live
     */
    public Nodes(
            Jdbi jdbi,
            Workspaces workspaces,
            Workflows workflows,
            NodeChecks checks,
            VersionActivation activation,
            Audit audit,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.workspaces = workspaces;
        this.workflows = workflows;
        this.checks = checks;
        this.activation = activation;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a node with a starting document that depends on the root node.
     *
     * @throws InvalidInputException when the name is not usable
     * @throws NotFoundException when there is no such workflow
     * @throws ConflictException when the workspace has a node of this name
     */
    public Node create(WorkspaceId workspaceId, NewNode wanted, UserId by) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw InvalidInputException.of(
                    "/name",
                    "Node name '" + wanted.name() + "' is not usable.",
                    "Use letters, digits, '_' and '.', at most 128 of them.");
        }
        Workspace workspace = workspaces.get(workspaceId);
        Workflow workflow = workflows.get(workspaceId, wanted.workflow());
        return jdbi.inTransaction(handle -> {
            NodeDao dao = handle.attach(NodeDao.class);
            NodeId id = dao.insert(workspaceId, workflow.id(), wanted.name(), wanted.type(), false, by, clock.instant())
                    .orElseThrow(
                            () -> new ConflictException("This workspace has a node " + wanted.name() + " already."));
            dao.insertDraft(id, StartingDocument.of(wanted.type(), workspace), by, clock.instant());
            audit.record(
                    handle,
                    Act.by(by, "node.create", "node " + wanted.name())
                            .in(workspaceId)
                            .with("type", wanted.type())
                            .with("workflow", workflow.name()));
            return dao.find(id).orElseThrow();
        });
    }

    public Node get(NodeId id) {
        return jdbi.withExtension(NodeDao.class, dao -> dao.find(id))
                .orElseThrow(() -> new NotFoundException("node", id));
    }

    /** What a list of nodes shows, of one. */
    public NodeSummary summary(NodeId id) {
        return jdbi.withExtension(NodeDao.class, dao -> dao.summary(id))
                .orElseThrow(() -> new NotFoundException("node", id));
    }

    /** All of a workspace, the root node among them, by name. */
    public List<NodeSummary> list(WorkspaceId workspace) {
        return jdbi.withExtension(NodeDao.class, dao -> dao.ofWorkspace(workspace));
    }

    public NodeDraft draft(NodeId id) {
        return jdbi.withExtension(NodeDao.class, dao -> dao.draft(id))
                .orElseThrow(() -> new NotFoundException("node", id));
    }

    /**
     * Saves the draft, right or wrong.
     *
     * @param expectedRevision the revision that was edited
     * @return the draft as it is stored now, with its new revision
     * @throws ConflictException when somebody saved in between; the message says who, and when
     */
    public NodeDraft saveDraft(NodeId id, NodeDocument document, long expectedRevision, UserId by) {
        Node node = get(id);
        refuseRoot(node);
        return jdbi.inTransaction(handle -> {
            NodeDao dao = handle.attach(NodeDao.class);
            if (dao.saveDraft(id, document, expectedRevision, by, clock.instant()) == 0) {
                NodeDraft newer = dao.draft(id).orElseThrow();
                throw new ConflictException(newer.updatedBy() + " saved this node at " + newer.updatedAt()
                        + " (revision " + newer.revision() + "); you edited revision " + expectedRevision
                        + ". Copy your change, reload, and make it again.");
            }
            NodeDraft saved = dao.draft(id).orElseThrow();
            audit.record(
                    handle,
                    Act.by(by, "node.save", "node " + node.name())
                            .in(node.workspaceId())
                            .with("revision", saved.revision()));
            return saved;
        });
    }

    /** What would keep the draft from being committed, and what else is worth knowing about it. */
    public List<Finding> check(NodeId id) {
        Node node = get(id);
        return checks.of(workspaces.get(node.workspaceId()), node, draft(id).document());
    }

    /** The next scheduled times of the draft on which it works, each with every parameter resolved. */
    public List<PreviewedRun> preview(NodeId id, int count) {
        return preview(id, draft(id).document(), count, false);
    }

    /**
     * The same of a document that is being edited and not saved yet.
     *
     * @param count how many; fewer come when the validity ends before, none when the schedule is wrong
     * @param dryRuns whether the days on which it does not work are shown too
     */
    public List<PreviewedRun> preview(NodeId id, NodeDocument document, int count, boolean dryRuns) {
        if (count < 1 || count > MOST_PREVIEWED) {
            throw InvalidInputException.of(
                    "/count", count + " runs cannot be previewed.", "Ask for 1 to " + MOST_PREVIEWED + ".");
        }
        Node node = get(id);
        ZoneId zone = workspaces.get(node.workspaceId()).timeZone();
        NextTimes next = new NextTimes(document.schedule(), zone);
        RunPreview preview = new RunPreview(node.type(), document, zone);
        List<ScheduledTime> times = dryRuns ? next.all(clock.instant(), count) : next.realRuns(clock.instant(), count);
        return times.stream().map(preview::at).toList();
    }

    /** What will happen in the coming year of a document's schedule; nothing when the schedule is wrong. */
    public Optional<Outlook> outlook(NodeId id, NodeDocument document) {
        Node node = get(id);
        SyncJobView job = node.type() == NodeType.BATCH_SYNC
                ? SyncJobView.of(document.code()).orElse(null)
                : null;
        return ScheduleOutlook.of(
                document, job, workspaces.get(node.workspaceId()).timeZone(), clock.instant());
    }

    /**
     * Which instances would wait for which on a business date, if a document of the node were live.
     *
     * @param environment whose nodes surround it
     * @throws InvalidInputException when the workspace has no such environment
     */
    public DependencyPreview dependencies(
            NodeId id, NodeDocument document, LocalDate businessDate, Environment environment) {
        Node node = get(id);
        Workspace workspace = workspaces.get(node.workspaceId());
        if (!workspace.has(environment)) {
            throw InvalidInputException.of(
                    "/environment", "The workspace has no " + environment + ".", "Leave the environment out.");
        }
        return jdbi.withHandle(
                handle -> new DependencyPreviews(handle, environment).of(workspace, node, document, businessDate));
    }

    /**
     * A version that was made.
     *
     * @param warnings what the checks found that did not keep it from being made
     */
    public record Committed(NodeVersion version, List<Finding> warnings) {}

    /**
     * Makes an immutable version of the draft and lets it go live in DEV, in a BASIC workspace in PROD.
     *
     * @param note what changed and why
     * @throws CommitRefused when the checks find errors; no version is made
     * @throws ConflictException when the draft was saved while it was checked
     */
    public Committed commit(NodeId id, String note, UserId by) {
        requireNote(note);
        Node node = get(id);
        refuseRoot(node);
        Workspace workspace = workspaces.get(node.workspaceId());
        NodeDraft draft = draft(id);
        List<Finding> findings = checks.of(workspace, node, draft.document());
        if (Finding.anyBlocks(findings)) {
            throw new CommitRefused(findings);
        }
        return jdbi.inTransaction(handle -> {
            NodeDao dao = handle.attach(NodeDao.class);
            dao.lock(id);
            if (dao.draft(id).orElseThrow().revision() != draft.revision()) {
                throw new ConflictException(
                        "The node was saved while it was being checked. Look at the change and commit again.");
            }
            NodeVersion version = writeVersion(handle, node, draft.document(), note.strip(), by);
            Environment environment = workspace.mode().commitEnvironment();
            activation.activate(handle, workspace, environment, node, version);
            audit.record(
                    handle,
                    Act.by(by, "node.commit", "node " + node.name())
                            .in(workspace.id())
                            .with("version", version.version())
                            .with("environment", environment)
                            .with("note", note.strip()));
            return new Committed(version, List.copyOf(findings));
        });
    }

    /** All versions of a node, newest first. */
    public List<NodeVersion> versions(NodeId id) {
        get(id);
        return jdbi.withExtension(NodeDao.class, dao -> dao.versions(id));
    }

    public NodeVersion version(NodeVersionRef ref) {
        return jdbi.withExtension(NodeDao.class, dao -> dao.version(ref.nodeId(), ref.version()))
                .orElseThrow(() -> new NotFoundException("version " + ref.version() + " of node", ref.nodeId()));
    }

    /** A root node and its one version. */
    public record Root(Node node, NodeVersion version) {}

    /** Makes a workspace's root node, in the transaction that makes the workspace. The caller makes it live. */
    public static Root createRoot(Handle handle, Workspace workspace, UserId by) {
        NodeDao dao = handle.attach(NodeDao.class);
        NodeDocument document = StartingDocument.ofRoot();
        NodeId id = dao.insert(
                        workspace.id(),
                        null,
                        workspace.rootNodeName(),
                        NodeType.VIRTUAL,
                        true,
                        by,
                        workspace.createdAt())
                .orElseThrow();
        dao.insertDraft(id, document, by, workspace.createdAt());
        NodeVersionId version = dao.insertVersion(id, document, "Made with the workspace", by, workspace.createdAt());
        return new Root(dao.find(id).orElseThrow(), dao.version(version).orElseThrow());
    }

    private NodeVersion writeVersion(Handle handle, Node node, NodeDocument document, String note, UserId by) {
        NodeDao dao = handle.attach(NodeDao.class);
        NodeVersionId version = dao.insertVersion(node.id(), document, note, by, clock.instant());
        return dao.version(version).orElseThrow();
    }

    private static void requireNote(String note) {
        List<Finding> findings = new ArrayList<>();
        if (note.isBlank()) {
            findings.add(Finding.error("/note", "The note is empty.", "Say in a sentence what changed and why."));
        } else if (note.length() > LONGEST_NOTE) {
            findings.add(Finding.error(
                    "/note", "The note has " + note.length() + " characters.", "Use at most " + LONGEST_NOTE + "."));
        }
        if (!findings.isEmpty()) {
            throw new InvalidInputException(findings);
        }
    }

    private static void refuseRoot(Node node) {
        if (node.root()) {
            throw InvalidInputException.of(
                    "",
                    "The root node belongs to the workspace: every schedule hangs on it, so it is not edited.",
                    "Make another VIRTUAL node and let others depend on it.");
        }
    }
}
