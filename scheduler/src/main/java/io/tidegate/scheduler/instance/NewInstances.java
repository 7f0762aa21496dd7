package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.SchedulingType;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Generates instances: pins the version, resolves the parameters, and leaves alone what is there already. */
public final class NewInstances {
    private final InstantSource clock;

    public NewInstances(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What was generated.
     *
     * @param ids of the new instances only
     * @param problems why some parameters of some instances have no value; these fail when they run, with the reason
     */
    public record Generated(List<InstanceId> ids, List<String> problems) {
        public Generated {
            ids = List.copyOf(ids);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param eligibleAt earliest start of all of them; null for the scheduled time of each
     */
    public Generated generate(
            Handle handle,
            RunnableNode node,
            Origin origin,
            String originKey,
            List<ScheduledTime> times,
            @Nullable Instant eligibleAt,
            String actor) {
        if (times.isEmpty()) {
            return new Generated(List.of(), List.of());
        }
        GenerationDao dao = handle.attach(GenerationDao.class);
        List<Long> ids = dao.newIds(times.size());
        List<GenerationDao.Row> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            GenerationDao.Row row = row(node, times.get(i), ids.get(i), eligibleAt);
            rows.add(row);
            if (!row.note().isEmpty()) {
                problems.add(times.get(i).local() + ": " + row.note());
            }
        }
        SchedulingType type = node.document().schedule().type();
        List<InstanceId> born = dao.insert(
                rows,
                node.environment(),
                node.workspaceId(),
                node.nodeId(),
                node.nodeVersionId(),
                origin,
                originKey,
                node.zone().getId(),
                type == SchedulingType.PAUSE,
                type == SchedulingType.DRY_RUN,
                node.document().priority(),
                node.resourceGroup(),
                node.autoReruns(),
                clock.instant(),
                actor);
        if (origin == Origin.CYCLE || origin == Origin.BACKFILL) {
            dao.freezeWithNode(
                    node.environment(),
                    node.nodeId(),
                    born.stream().mapToLong(InstanceId::value).toArray());
        }
        return new Generated(born, problems);
    }

    private static GenerationDao.Row row(RunnableNode node, ScheduledTime time, long id, @Nullable Instant eligibleAt) {
        Map<String, String> ids = new LinkedHashMap<>();
        if (node.workflowId() != null) {
            ids.put("jobid", Long.toString(node.workflowId().value()));
        }
        ids.put("nodeid", Long.toString(node.nodeId().value()));
        ids.put("taskid", Long.toString(id));
        var context = new ParameterContext(time.local(), node.zone(), ids);
        Map<String, String> values = new LinkedHashMap<>();
        StringBuilder note = new StringBuilder();
        for (ParameterAssignment assignment : node.document().parameters()) {
            try {
                values.put(
                        assignment.name(),
                        ParameterExpression.parse(assignment.expression()).evaluate(context));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                note.append("Parameter %s = %s has no value: %s "
                        .formatted(assignment.name(), assignment.expression(), e.getMessage()));
            }
        }
        return new GenerationDao.Row(
                id,
                time.instant(),
                time.local(),
                context.businessDate(),
                values,
                eligibleAt == null ? time.instant() : eligibleAt,
                note.toString().strip());
    }
}
