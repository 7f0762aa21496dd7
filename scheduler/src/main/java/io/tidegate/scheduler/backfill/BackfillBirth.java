package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.backfill.NewBackfill.Future;
import io.tidegate.scheduler.backfill.NewBackfill.HourRange;
import io.tidegate.scheduler.backfill.NewBackfill.TimeRange;
import io.tidegate.scheduler.backfill.PlannedBackfill.PlannedNode;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.InstanceLinks;
import io.tidegate.scheduler.instance.NewInstances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.instance.WantedInstances;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes a backfill with its dates, all its instances, and the edges between them. */
final class BackfillBirth {
    private static final int NAMED_MAX = 3;

    private final NewInstances newInstances;
    private final InstanceLinks links = new InstanceLinks();
    private final InstantSource clock;

    BackfillBirth(InstantSource clock) {
        this.newInstances = new NewInstances(clock);
        this.clock = clock;
    }

    /** Empty when its request has made a backfill before. */
    Optional<BackfillId> insert(
            BackfillDao dao, WorkspaceId workspace, NewBackfill wanted, PlannedBackfill plan, String user) {
        List<LocalDate> sorted = plan.dates().stream().sorted().toList();
        TimeRange asked = wanted.times();
        HourRange hours =
                wanted.hours() == null ? new HourRange(LocalTime.MIN, LocalTime.of(23, 59, 59)) : wanted.hours();
        TimeRange range = asked != null
                ? asked
                : new TimeRange(
                        sorted.get(0).plusDays(1).atTime(hours.from()),
                        sorted.get(sorted.size() - 1).plusDays(1).atTime(hours.to()));
        Optional<BackfillId> id = dao.insert(
                workspace,
                name(wanted, plan, range),
                plan.nodes().stream()
                        .mapToLong(node -> node.node().nodeId().value())
                        .toArray(),
                range.from(),
                range.to(),
                plan.zone().getId(),
                user,
                clock.instant(),
                wanted,
                wanted.requestId(),
                plan.groups(),
                plan.descending(),
                wanted.rules().onFailure(),
                BackfillState.RUNNING);
        id.ifPresent(born -> dao.insertDates(
                born, plan.dates().stream().map(LocalDate::toString).toList()));
        return id;
    }

    /** All of them held: none begins before its business date does. */
    void instances(Handle handle, BackfillId id, PlannedBackfill plan, Future future, String user) {
        String key = Long.toString(id.value());
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, plan.zone());
        for (PlannedNode planned : plan.nodes()) {
            Map<Boolean, List<ScheduledTime>> byYielding = planned.times().stream()
                    .collect(Collectors.partitioningBy(
                            time -> !time.local().toLocalDate().equals(today)));
            List<WantedInstances> wanted = byYielding.entrySet().stream()
                    .map(part -> WantedInstances.ofBackfill(
                            planned.node(),
                            key,
                            part.getValue(),
                            planned.excluded(),
                            part.getKey(),
                            future == Future.NOW ? now : null))
                    .toList();
            newInstances.generate(handle, wanted, user);
        }
        link(handle, key, plan);
    }

    private void link(Handle handle, String key, PlannedBackfill plan) {
        List<LocalDate> sorted = plan.dates().stream().sorted().toList();
        List<RunnableNode> nodes = plan.nodes().stream().map(PlannedNode::node).toList();
        links.linkAmong(
                handle,
                nodes,
                Origin.BACKFILL,
                key,
                BackfillPlanner.startOfDay(sorted.get(0), plan.zone()),
                BackfillPlanner.startOfDay(sorted.get(sorted.size() - 1).plusDays(1), plan.zone()));
    }

    private static String name(NewBackfill wanted, PlannedBackfill plan, TimeRange range) {
        if (wanted.name() != null && !wanted.name().isBlank()) {
            return wanted.name().strip();
        }
        String nodes = plan.nodes().stream()
                .limit(NAMED_MAX)
                .map(node -> node.node().name())
                .collect(Collectors.joining(", "));
        int others = plan.nodes().size() - NAMED_MAX;
        String more = others > 0 ? " and %d more".formatted(others) : "";
        return String.format(Locale.ROOT, "%s%s, %s to %s", nodes, more, range.from(), range.to());
    }
}
