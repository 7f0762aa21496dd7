package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.deployment.InstanceReplanner;
import io.tidegate.scheduler.instance.InstanceLinks;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.NewInstances;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generates the instances of what is deployed in PROD, from where the last tick ended up to the horizon: a range scan, so that
 * nothing is lost however long no server ran, and nothing comes twice however many do.
 */
public final class PlanInstances implements InstanceReplanner {
    private static final Logger LOG = LoggerFactory.getLogger(PlanInstances.class);
    private static final String ACTOR = "duty plan-instances";
    private static final long TURN = 0x7469_6465_706c_616eL;
    private static final int NODES_AT_ONCE = 500;
    /** After a long silence a node is caught up in steps, so that no transaction grows without bound. */
    private static final Duration STEP = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final NewInstances newInstances;
    private final InstanceLinks links;
    private final InstanceOpening opening;
    private final CatchUpAfterPause catchUp;

    public PlanInstances(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.newInstances = new NewInstances(clock);
        this.links = new InstanceLinks();
        this.opening = new InstanceOpening(new InstanceMoves(clock), clock);
        this.catchUp = new CatchUpAfterPause(jdbi, clock);
    }

    public PlanReport tick() {
        catchUp.tick();
        Map<NodeId, List<Finding>> findings = new HashMap<>();
        int planned = 0;
        for (PlanDao.ScheduledWorkspace workspace : jdbi.withExtension(PlanDao.class, PlanDao::scheduledWorkspaces)) {
            planned += plan(workspace, findings);
        }
        return new PlanReport(planned, Map.copyOf(findings));
    }

    private int plan(PlanDao.ScheduledWorkspace workspace, Map<NodeId, List<Finding>> findings) {
        Instant horizon = Horizon.at(clock.instant(), workspace.zone());
        int planned = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<NodeId> behind =
                    jdbi.withExtension(PlanDao.class, dao -> dao.behind(workspace.id(), horizon, from, NODES_AT_ONCE));
            for (NodeId node : behind) {
                planned += planOne(node, horizon, workspace, findings);
                after = node.value();
            }
            if (behind.size() < NODES_AT_ONCE) {
                return planned;
            }
        }
    }

    private int planOne(
            NodeId node, Instant horizon, PlanDao.ScheduledWorkspace workspace, Map<NodeId, List<Finding>> findings) {
        int planned = 0;
        Instant behindSince = null;
        try {
            while (true) {
                Instant since = behindSince;
                Step step = jdbi.inTransaction(handle -> step(handle, node, horizon, workspace, since));
                planned += step.planned();
                behindSince = step.behindSince();
                if (!step.findings().isEmpty()) {
                    findings.put(node, step.findings());
                    LOG.warn(
                            "Node {} was planned with gaps: {}",
                            node.value(),
                            step.findings().get(0).message());
                }
                if (step.done()) {
                    return planned;
                }
            }
        } catch (RuntimeException e) {
            // One node must not hold up the others; it stays behind and is tried again with the next tick.
            LOG.error("Node {} could not be planned", node.value(), e);
            findings.put(
                    node,
                    List.of(Finding.error(
                            "",
                            "No instances could be generated: " + firstLine(e),
                            "Mend the node, commit and deploy it; what was missed is then generated.")));
            return planned;
        }
    }

    private record Step(
            int planned,
            boolean done,
            List<Finding> findings,
            @Nullable Instant behindSince) {}

    /**
     * @param behindSince where the first step of this tick began; null in that step itself
     */
    private Step step(
            Handle handle,
            NodeId nodeId,
            Instant horizon,
            PlanDao.ScheduledWorkspace workspace,
            @Nullable Instant behindSince) {
        PlanDao dao = handle.attach(PlanDao.class);
        dao.waitForTurn(TURN);
        PlanDao.Behind behind = dao.lockBehind(nodeId, horizon).orElse(null);
        if (behind == null) {
            return new Step(0, true, List.of(), null);
        }
        RunnableNode node = behind.node(workspace.zone());
        Instant from = behind.plannedUntil();
        Instant to = from.plus(STEP).isBefore(horizon) ? from.plus(STEP) : horizon;
        Instant since = behindSince == null ? from : behindSince;
        Schedule schedule = node.document().schedule();
        NewInstances.Generated generated = newInstances.generateCycle(
                handle,
                node,
                schedule.times(from, to, node.zone()),
                MissedTimes.of(schedule, workspace.catchUp(), since, clock.instant(), node.zone()),
                ACTOR);
        if (dao.advance(nodeId, node.nodeVersionId(), from, to) != 1) {
            throw new IllegalStateException("deployed node " + nodeId.value() + " moved although it was locked");
        }
        links.linkCycle(handle, node, from, to);
        opening.open(handle, generated.ids(), ACTOR);
        List<Finding> findings = generated.problems().stream()
                .limit(10)
                .map(problem -> Finding.warning(
                        "/parameters", problem, "Mend the expression, commit and deploy; then rerun the instance."))
                .toList();
        return new Step(generated.ids().size(), to.equals(horizon), findings, since);
    }

    /** What the database says after that names every column; the log has it. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    @Override
    public void removeUnstarted(Handle handle, Environment environment, NodeId node, Instant from) {
        PlanDao dao = handle.attach(PlanDao.class);
        dao.waitForTurn(TURN);
        int removed = dao.removeUnstarted(environment, node, from);
        LOG.info("{} instances of node {} from {} on are planned anew.", removed, node.value(), from);
    }
}
