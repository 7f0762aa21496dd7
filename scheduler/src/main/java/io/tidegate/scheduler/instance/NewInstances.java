package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.node.SchedulingType;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
     * Generates instances none of which comes too late.
     *
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
        return generate(handle, node, Birth.of(node, origin, originKey, eligibleAt), times, actor);
    }

    /**
     * Generates instances of a backfill. They are held until the backfill comes to their business date.
     *
     * @param excluded whether they only hold the order of the others, as dry runs
     * @param yields whether everything of the calendar goes before them
     * @param eligibleAt as above
     */
    public Generated generateHeld(
            Handle handle,
            RunnableNode node,
            String originKey,
            List<ScheduledTime> times,
            boolean excluded,
            boolean yields,
            @Nullable Instant eligibleAt,
            String actor) {
        int priority = node.document().priority() - (yields ? NodeDocument.HIGHEST_PRIORITY : 0);
        Birth birth = new Birth(Origin.BACKFILL, originKey, eligibleAt, true, excluded, priority);
        return generate(handle, node, birth, times, actor);
    }

    /** What instances have in common that are made at once. */
    private record Birth(
            Origin origin,
            String originKey,
            @Nullable Instant eligibleAt,
            boolean held,
            boolean excluded,
            int priority) {
        static Birth of(RunnableNode node, Origin origin, String originKey, @Nullable Instant eligibleAt) {
            return new Birth(
                    origin, originKey, eligibleAt, false, false, node.document().priority());
        }

        /** Whoever asks for a test means it, on whatever day. */
        boolean scheduled() {
            return origin == Origin.CYCLE || origin == Origin.BACKFILL;
        }

        /** One that only holds the order of others must not be held back itself. */
        boolean frozenWithNode() {
            return scheduled() && !excluded;
        }
    }

    private Generated generate(Handle handle, RunnableNode node, Birth birth, List<ScheduledTime> times, String actor) {
        if (times.isEmpty()) {
            return new Generated(List.of(), List.of());
        }
        GenerationDao dao = handle.attach(GenerationDao.class);
        List<Long> ids = dao.newIds(times.size());
        List<GenerationDao.Row> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            ScheduledTime time = times.get(i);
            Values values = values(node, time, ids.get(i));
            DryRunReason dry = birth.excluded()
                    ? DryRunReason.EXCLUDED
                    : birth.scheduled() ? dryRunReason(node, time, any -> false) : null;
            rows.add(new GenerationDao.Row(
                    ids.get(i),
                    time.instant(),
                    time.local(),
                    values.businessDate(),
                    values.byName(),
                    birth.eligibleAt() == null ? time.instant() : birth.eligibleAt(),
                    dry != null,
                    dry,
                    (sentence(dry) + " " + values.problem()).strip()));
            if (!values.problem().isEmpty()) {
                problems.add(time.local() + ": " + values.problem());
            }
        }
        List<InstanceId> born = dao.insert(
                rows,
                node.environment(),
                node.workspaceId(),
                node.nodeId(),
                node.nodeVersionId(),
                birth.origin(),
                birth.originKey(),
                node.zone().getId(),
                node.document().schedule().type() == SchedulingType.PAUSE && !birth.excluded(),
                birth.held(),
                birth.priority(),
                node.document().maxParallel(),
                node.resourceGroup(),
                node.autoReruns(),
                clock.instant(),
                actor);
        if (birth.frozenWithNode()) {
            dao.freezeWithNode(
                    node.environment(),
                    node.nodeId(),
                    born.stream().mapToLong(InstanceId::value).toArray());
        }
        return new Generated(born, problems);
    }

    static @Nullable DryRunReason dryRunReason(RunnableNode node, ScheduledTime time, Predicate<ScheduledTime> missed) {
        Schedule schedule = node.document().schedule();
        if (schedule.type() == SchedulingType.DRY_RUN) {
            return DryRunReason.SCHEDULING_TYPE;
        }
        if (!schedule.cycle().isRealRun(time)) {
            return DryRunReason.NOT_A_CHOSEN_DAY;
        }
        return missed.test(time) ? DryRunReason.MISSED : null;
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

    record Values(LocalDate businessDate, Map<String, String> byName, String problem) {}

    static Values values(RunnableNode node, ScheduledTime time, long id) {
        Map<String, String> ids = new LinkedHashMap<>();
        if (node.workflowId() != null) {
            ids.put("jobid", Long.toString(node.workflowId().value()));
        }
        ids.put("nodeid", Long.toString(node.nodeId().value()));
        ids.put("taskid", Long.toString(id));
        var context = new ParameterContext(
                time.local(), node.zone(), node.document().schedule().cycle().pace(), ids);
        Map<String, String> values = new LinkedHashMap<>();
        StringBuilder problem = new StringBuilder();
        for (ParameterAssignment assignment : node.document().parameters()) {
            try {
                values.put(
                        assignment.name(),
                        ParameterExpression.parse(assignment.expression()).evaluate(context));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                problem.append("Parameter %s = %s has no value: %s "
                        .formatted(assignment.name(), assignment.expression(), e.getMessage()));
            }
        }
        return new Values(context.businessDate(), values, problem.toString().strip());
    }
}
