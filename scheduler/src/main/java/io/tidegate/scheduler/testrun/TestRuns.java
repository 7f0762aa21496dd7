package io.tidegate.scheduler.testrun;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.NewInstances;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.instance.WantedInstances;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ResourceGroupChecks;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Runs a node once, where its commits are live: in DEV with the DEV side of its data sources, in a BASIC workspace in PROD. The
 * instance waits for nothing but a slot, and nothing waits for it. Automatic reruns follow as the node has them.
 */
public final class TestRuns {
    private static final int YEAR_MAX = 9999;

    private final Jdbi jdbi;
    private final Workspaces workspaces;
    private final Nodes nodes;
    private final Audit audit;
    private final InstantSource clock;
    private final NewInstances newInstances;
    private final InstanceOpening opening;

    public TestRuns(Jdbi jdbi, Workspaces workspaces, Nodes nodes, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.workspaces = workspaces;
        this.nodes = nodes;
        this.audit = audit;
        this.clock = clock;
        this.newInstances = new NewInstances(clock);
        this.opening = new InstanceOpening(new InstanceMoves(clock), clock);
    }

    /**
     * Makes the instance and lets it go.
     *
     * @throws NotFoundException when there is no such node or version
     * @throws ConflictException when committed code is asked for and nothing is committed
     * @throws InvalidInputException when the node cannot run as it is asked to: a parameter has no value, or there is no such
     *     scheduled time
     */
    public InstanceId start(NodeId id, NewTestRun wanted, UserId by) {
        Node node = nodes.get(id);
        if (node.root()) {
            throw InvalidInputException.of("", "The root node does nothing.", "Run a node that depends on it.");
        }
        Workspace workspace = workspaces.get(node.workspaceId());
        Tried tried = tried(id, wanted);
        ScheduledTime time = time(tried.document(), wanted, workspace);
        List<Finding> findings =
                TestParameters.check(tried.document(), wanted.parameters(), time, workspace.timeZone());
        if (Finding.anyBlocks(findings)) {
            throw new InvalidInputException(findings);
        }
        return jdbi.inTransaction(handle -> start(handle, node, workspace, tried, time, wanted, by));
    }

    /** @param version null for the draft */
    private record Tried(NodeDocument document, @Nullable NodeVersion version) {}

    private Tried tried(NodeId id, NewTestRun wanted) {
        Integer number = wanted.version();
        if (wanted.code() == NewTestRun.Code.DRAFT) {
            if (number != null) {
                throw InvalidInputException.of(
                        "/version", "A draft has no version.", "Leave the version out, or ask for COMMITTED code.");
            }
            return new Tried(nodes.draft(id).document(), null);
        }
        NodeVersion version = number == null
                ? nodes.versions(id).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                new ConflictException("The node has no version yet: commit it, or run its draft."))
                : nodes.version(new NodeVersionRef(id, number));
        return new Tried(version.document(), version);
    }

    private InstanceId start(
            Handle handle,
            Node node,
            Workspace workspace,
            Tried tried,
            ScheduledTime time,
            NewTestRun wanted,
            UserId by) {
        List<Finding> findings = ResourceGroupChecks.holding(handle, tried.document());
        if (Finding.anyBlocks(findings)) {
            throw new InvalidInputException(findings);
        }
        TestRunDao dao = handle.attach(TestRunDao.class);
        String user = dao.userName(by).orElseThrow(() -> new NotFoundException("user", by));
        Instant now = clock.instant();
        NodeVersion version = tried.version();
        NodeVersionId runs = version != null
                ? version.id()
                : dao.keptDraft(node.id(), tried.document())
                        .orElseGet(() -> dao.keepDraft(node.id(), tried.document(), by, now));
        Environment environment = workspace.mode().commitEnvironment();
        RunnableNode runnable = new RunnableNode(
                environment,
                workspace.id(),
                node.id(),
                dao.workflow(node.id()).orElse(null),
                node.name(),
                node.type(),
                runs,
                TestParameters.without(tried.document(), wanted.parameters().keySet()),
                workspace.timeZone());
        String number = Long.toString(dao.nextRunNumber());
        InstanceId born = newInstances
                .generate(handle, List.of(WantedInstances.ofTest(runnable, number, time, now)), user)
                .ids()
                .get(0);
        if (dao.give(born, wanted.parameters()) != 1) {
            throw new IllegalStateException("instance " + born.value() + " moved in the transaction that made it");
        }
        opening.open(handle, List.of(born), user);
        audit.record(
                handle,
                Act.by(by, "node.test", "node " + node.name())
                        .in(workspace.id())
                        .with("instance", born.value())
                        .with("environment", environment)
                        .with("code", version == null ? "draft" : "version " + version.version())
                        .with("scheduled", time.local()));
        return born;
    }

    private ScheduledTime time(NodeDocument document, NewTestRun wanted, Workspace workspace) {
        if (wanted.businessDate() == null) {
            if (wanted.at() != null) {
                throw InvalidInputException.of(
                        "/businessDate", "A scheduled time needs a business date.", "Give one, or neither.");
            }
            LocalDateTime minute = LocalDateTime.ofInstant(clock.instant(), workspace.timeZone())
                    .truncatedTo(ChronoUnit.MINUTES);
            return ScheduledTime.at(minute, workspace.timeZone());
        }
        List<ScheduledTime> times = scheduledTimes(document, wanted, workspace);
        if (wanted.at() == null) {
            return times.get(0);
        }
        return times.stream()
                .filter(time -> time.local().toLocalTime().equals(wanted.at()))
                .findFirst()
                .orElseThrow(() -> InvalidInputException.of(
                        "/at",
                        "The node is not scheduled at %s on %s."
                                .formatted(wanted.at(), times.get(0).local().toLocalDate()),
                        "It is from %s to %s, %d times; leave the field out for the first."
                                .formatted(
                                        times.get(0).local().toLocalTime(),
                                        times.get(times.size() - 1).local().toLocalTime(),
                                        times.size())));
    }

    private static List<ScheduledTime> scheduledTimes(NodeDocument document, NewTestRun wanted, Workspace workspace) {
        Cycle cycle = document.schedule().cycle();
        if (!cycle.problems().isEmpty()) {
            throw InvalidInputException.of(
                    "/businessDate",
                    "The schedule of the node is not sound, so it has no scheduled times.",
                    "Mend the schedule, or run without a business date.");
        }
        LocalDate date = Objects.requireNonNull(wanted.businessDate()).plusDays(1);
        if (date.getYear() > YEAR_MAX) {
            throw InvalidInputException.of(
                    "/businessDate",
                    "The day after %s lies beyond the year %d.".formatted(wanted.businessDate(), YEAR_MAX),
                    "Choose an earlier date.");
        }
        List<ScheduledTime> times = cycle.scheduledTimes(date, workspace.timeZone());
        if (times.isEmpty()) {
            throw InvalidInputException.of(
                    "/businessDate",
                    "The node is not scheduled on %s.".formatted(date),
                    "Choose the day before one on which it is.");
        }
        return times;
    }
}
