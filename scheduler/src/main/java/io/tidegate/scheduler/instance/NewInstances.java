package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.node.SchedulingType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Generates instances, those of many nodes by the same few statements: pins the version, resolves the parameters, and leaves
 * alone what is there already.
 */
public final class NewInstances {
    private final InstantSource clock;

    public NewInstances(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What was generated.
     *
     * @param ids of the new instances only
     * @param problems why some parameters of some instances have no value, by node; these fail when they run, with the reason
     */
    public record Generated(List<InstanceId> ids, Map<NodeId, List<String>> problems) {
        public Generated {
            ids = List.copyOf(ids);
            problems = Map.copyOf(problems);
        }
    }

    /** Generates what is wanted of nodes of one environment. */
    public Generated generate(Handle handle, List<WantedInstances> all, String actor) {
        int count = all.stream().mapToInt(wanted -> wanted.times().size()).sum();
        if (count == 0) {
            return new Generated(List.of(), Map.of());
        }
        NewInstanceDao dao = handle.attach(NewInstanceDao.class);
        List<Long> ids = dao.newIds(count);
        List<NewInstanceDao.OfNode> nodes = new ArrayList<>(all.size());
        List<NewInstanceDao.Row> rows = new ArrayList<>(count);
        Map<NodeId, List<String>> problems = new HashMap<>();
        for (WantedInstances wanted : all) {
            ResolvedParameters parameters = new ResolvedParameters(wanted.node());
            for (ScheduledTime time : wanted.times()) {
                ResolvedParameters.Values values = parameters.at(time, ids.get(rows.size()));
                if (!values.problem().isEmpty()) {
                    problems.computeIfAbsent(wanted.node().nodeId(), any -> new ArrayList<>())
                            .add(time.local() + ": " + values.problem());
                }
                rows.add(row(wanted, time, nodes.size(), ids.get(rows.size()), values));
            }
            nodes.add(ofNode(wanted, nodes.size()));
        }
        List<InstanceId> born =
                dao.insert(new NewInstanceDao.OfNodes(nodes), new NewInstanceDao.Rows(rows), clock.instant(), actor);
        freezeWithNodes(dao, all, born);
        return new Generated(born, problems);
    }

    private static void freezeWithNodes(NewInstanceDao dao, List<WantedInstances> all, List<InstanceId> born) {
        long[] nodes = all.stream()
                .filter(WantedInstances::frozenWithNode)
                .mapToLong(wanted -> wanted.node().nodeId().value())
                .toArray();
        if (nodes.length > 0) {
            dao.freezeWithNodes(
                    all.get(0).node().environment(),
                    nodes,
                    born.stream().mapToLong(InstanceId::value).toArray());
        }
    }

    private static NewInstanceDao.OfNode ofNode(WantedInstances wanted, int of) {
        RunnableNode node = wanted.node();
        return new NewInstanceDao.OfNode(
                of,
                node.nodeId().value(),
                node.environment(),
                node.workspaceId().value(),
                node.nodeVersionId().value(),
                wanted.origin(),
                wanted.originKey(),
                node.zone().getId(),
                node.document().schedule().type() == SchedulingType.PAUSE && !wanted.excluded(),
                wanted.held(),
                wanted.priority(),
                node.document().maxParallel(),
                node.resourceGroup(),
                node.autoReruns());
    }

    private static NewInstanceDao.Row row(
            WantedInstances wanted, ScheduledTime time, int of, long id, ResolvedParameters.Values values) {
        DryRunReason dry = dryRunReason(wanted, time);
        return new NewInstanceDao.Row(
                id,
                of,
                time.instant(),
                time.local(),
                values.businessDate(),
                wanted.eligibleAt() == null ? time.instant() : wanted.eligibleAt(),
                values.byName(),
                dry,
                (sentence(dry) + " " + values.problem()).strip());
    }

    private static @Nullable DryRunReason dryRunReason(WantedInstances wanted, ScheduledTime time) {
        if (wanted.excluded()) {
            return DryRunReason.EXCLUDED;
        }
        if (!wanted.scheduled()) {
            return null;
        }
        Schedule schedule = wanted.node().document().schedule();
        if (schedule.type() == SchedulingType.DRY_RUN) {
            return DryRunReason.SCHEDULING_TYPE;
        }
        if (!schedule.cycle().isRealRun(time)) {
            return DryRunReason.NOT_A_CHOSEN_DAY;
        }
        return wanted.missed().test(time) ? DryRunReason.MISSED : null;
    }

    /** For the time line; the scheduling type needs no explanation. */
    static String sentence(@Nullable DryRunReason reason) {
        if (reason == null) {
            return "";
        }
        return switch (reason) {
            case SCHEDULING_TYPE -> "";
            case EXCLUDED -> "A dry run: its node was left out of the backfill, and holds the order of the others.";
            case NOT_A_CHOSEN_DAY -> "A dry run: this is not one of the days on which the node works.";
            case MISSED ->
                "Missed: nothing ran when it was due, and the catch-up policy lets it pass. A rerun runs it after all.";
        };
    }
}
