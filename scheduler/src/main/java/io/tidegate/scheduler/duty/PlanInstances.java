package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.deployment.InstanceReplanner;
import io.tidegate.scheduler.instance.InstanceLinks;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.NewInstances;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.instance.WantedInstances;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
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
    private static final int NODES_AT_ONCE = 200;
    /** A transaction ends with the node that brings it to so many instances: neither locks nor memory grow with the nodes. */
    private static final int INSTANCES_AT_ONCE = 5000;

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
            if (!behind.isEmpty()) {
                var batch = new Batch(horizon, workspace, new LinkedHashSet<>(behind), new HashMap<>());
                planned += plan(batch, findings);
                after = behind.get(behind.size() - 1).value();
            }
            if (behind.size() < NODES_AT_ONCE) {
                return planned;
            }
        }
    }

    /** Together, or, when that fails, one by one: one node must not hold up the others. */
    private int plan(Batch batch, Map<NodeId, List<Finding>> findings) {
        int planned = 0;
        try {
            while (!batch.left().isEmpty()) {
                Step step = jdbi.inTransaction(handle -> step(handle, batch));
                planned += step.planned();
                batch.left().removeAll(step.done());
                step.findings().forEach((node, found) -> {
                    findings.put(node, found);
                    LOG.warn(
                            "Node {} was planned with gaps: {}",
                            node.value(),
                            found.get(0).message());
                });
            }
            return planned;
        } catch (RuntimeException e) {
            if (batch.left().size() > 1) {
                for (NodeId node : List.copyOf(batch.left())) {
                    planned += plan(batch.alone(node), findings);
                }
                return planned;
            }
            // It stays behind and is tried again with the next tick.
            NodeId node = batch.left().iterator().next();
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

    /**
     * Nodes that are planned side by side.
     *
     * @param left those that have not reached the horizon
     * @param behindSince where planning began in this tick, of those that needed several steps
     */
    private record Batch(
            Instant horizon, PlanDao.ScheduledWorkspace workspace, Set<NodeId> left, Map<NodeId, Instant> behindSince) {
        Batch alone(NodeId node) {
            return new Batch(horizon, workspace, new LinkedHashSet<>(Set.of(node)), behindSince);
        }
    }

    private record Step(int planned, Set<NodeId> done, Map<NodeId, List<Finding>> findings) {}

    /** Plans some of the nodes that are left for one range of time: all that have been planned up to the same instant. */
    private Step step(Handle handle, Batch batch) {
        PlanDao dao = handle.attach(PlanDao.class);
        dao.waitForTurn(TURN);
        List<PlanDao.Behind> behind = dao.lockBehind(longs(batch.left()), batch.horizon());
        // What is not behind any more was planned by somebody else, or is locked by who will change it.
        Set<NodeId> done = new HashSet<>(batch.left());
        behind.forEach(node -> done.remove(node.nodeId()));
        if (behind.isEmpty()) {
            return new Step(0, done, Map.of());
        }
        Instant from = behind.get(0).plannedUntil();
        Instant to = from.plus(STEP).isBefore(batch.horizon()) ? from.plus(STEP) : batch.horizon();
        List<WantedInstances> wanted = wanted(batch, behind, from, to);
        List<RunnableNode> nodes = wanted.stream().map(WantedInstances::node).toList();
        NewInstances.Generated generated = newInstances.generate(handle, wanted, ACTOR);
        long[] ids = nodes.stream().mapToLong(node -> node.nodeId().value()).toArray();
        long[] versions =
                nodes.stream().mapToLong(node -> node.nodeVersionId().value()).toArray();
        if (dao.advance(ids, versions, from, to) != nodes.size()) {
            throw new IllegalStateException("deployed nodes moved although they were locked: " + nodes.size());
        }
        links.linkCycle(handle, nodes, from, to, generated.ids());
        opening.openBorn(handle, generated.ids(), ACTOR);
        if (to.equals(batch.horizon())) {
            nodes.forEach(node -> done.add(node.nodeId()));
        }
        return new Step(generated.ids().size(), done, findings(generated.problems()));
    }

    private List<WantedInstances> wanted(Batch batch, List<PlanDao.Behind> behind, Instant from, Instant to) {
        List<WantedInstances> wanted = new ArrayList<>();
        int instances = 0;
        for (PlanDao.Behind one : behind) {
            if (one.plannedUntil().equals(from) && instances < INSTANCES_AT_ONCE) {
                RunnableNode node = one.node(batch.workspace().zone());
                Schedule schedule = node.document().schedule();
                Instant since = batch.behindSince().computeIfAbsent(node.nodeId(), first -> from);
                List<ScheduledTime> times = schedule.times(from, to, node.zone());
                wanted.add(WantedInstances.ofCycle(
                        node,
                        times,
                        MissedTimes.of(schedule, batch.workspace().catchUp(), since, clock.instant(), node.zone())));
                instances += times.size();
            }
        }
        return wanted;
    }

    private static Map<NodeId, List<Finding>> findings(Map<NodeId, List<String>> problems) {
        Map<NodeId, List<Finding>> findings = new HashMap<>();
        problems.forEach((node, found) -> findings.put(
                node,
                found.stream()
                        .limit(10)
                        .map(problem -> Finding.warning(
                                "/parameters",
                                problem,
                                "Mend the expression, commit and deploy; then rerun the instance."))
                        .toList()));
        return findings;
    }

    private static long[] longs(Collection<NodeId> nodes) {
        return nodes.stream().mapToLong(NodeId::value).toArray();
    }

    @Override
    public void removeUnstarted(Handle handle, Environment environment, NodeId node, Instant from) {
        PlanDao dao = handle.attach(PlanDao.class);
        dao.waitForTurn(TURN);
        int removed = dao.removeUnstarted(environment, node, from);
        LOG.info("{} instances of node {} from {} on are planned anew.", removed, node.value(), from);
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
