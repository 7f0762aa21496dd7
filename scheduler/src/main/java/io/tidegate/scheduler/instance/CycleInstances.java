package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.SchedulingType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Generates the instances of the calendar, those of many nodes by the same few statements. What is there already is left alone. */
public final class CycleInstances {
    private final InstantSource clock;

    public CycleInstances(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What to generate for a node.
     *
     * @param missed which of the times come too late; these become dry runs
     */
    public record Wanted(RunnableNode node, List<ScheduledTime> times, Predicate<ScheduledTime> missed) {
        public Wanted {
            times = List.copyOf(times);
        }
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

    /** Generates what is wanted of nodes of one environment. The caller holds the rows of the nodes. */
    public Generated generate(Handle handle, List<Wanted> all, String actor) {
        int count = all.stream().mapToInt(wanted -> wanted.times().size()).sum();
        if (count == 0) {
            return new Generated(List.of(), Map.of());
        }
        CycleDao dao = handle.attach(CycleDao.class);
        List<Long> ids = handle.attach(GenerationDao.class).newIds(count);
        List<CycleDao.Row> rows = new ArrayList<>(count);
        Map<NodeId, List<String>> problems = new HashMap<>();
        for (Wanted wanted : all) {
            for (ScheduledTime time : wanted.times()) {
                rows.add(row(wanted, time, ids.get(rows.size()), problems));
            }
        }
        List<CycleDao.Of> nodes = all.stream().map(wanted -> of(wanted.node())).toList();
        List<InstanceId> born = dao.insert(nodes, rows, clock.instant(), actor);
        freeze(handle, all, born);
        return new Generated(born, problems);
    }

    private static CycleDao.Row row(Wanted wanted, ScheduledTime time, long id, Map<NodeId, List<String>> problems) {
        RunnableNode node = wanted.node();
        NewInstances.Values values = NewInstances.values(node, time, id);
        DryRunReason dry = NewInstances.dryRunReason(node, time, wanted.missed());
        if (!values.problem().isEmpty()) {
            problems.computeIfAbsent(node.nodeId(), any -> new ArrayList<>())
                    .add(time.local() + ": " + values.problem());
        }
        return new CycleDao.Row(
                id,
                node.nodeId().value(),
                time.instant(),
                time.local(),
                values.businessDate(),
                values.byName(),
                dry,
                (NewInstances.sentence(dry) + " " + values.problem()).strip());
    }

    private static CycleDao.Of of(RunnableNode node) {
        return new CycleDao.Of(
                node.nodeId().value(),
                node.environment(),
                node.workspaceId().value(),
                node.nodeVersionId().value(),
                node.zone().getId(),
                node.document().schedule().type() == SchedulingType.PAUSE,
                node.document().priority(),
                node.document().maxParallel(),
                node.resourceGroup(),
                node.autoReruns());
    }

    private static void freeze(Handle handle, List<Wanted> all, List<InstanceId> born) {
        RunnableNode any = all.get(0).node();
        long[] nodes =
                all.stream().mapToLong(wanted -> wanted.node().nodeId().value()).toArray();
        List<NodeId> frozen = handle.attach(CycleDao.class).frozen(any.environment(), nodes);
        long[] ids = born.stream().mapToLong(InstanceId::value).toArray();
        for (NodeId node : frozen) {
            handle.attach(GenerationDao.class).freezeWithNode(any.environment(), node, ids);
        }
    }
}
