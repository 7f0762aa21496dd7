package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.backfill.NewBackfill.HourRange;
import io.tidegate.scheduler.backfill.NewBackfill.TimeRange;
import io.tidegate.scheduler.backfill.NewBackfill.Which;
import io.tidegate.scheduler.backfill.PlannedBackfill.PlannedNode;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Works out what a request comes to. Writes nothing. */
final class BackfillPlanner {
    private BackfillPlanner() {}

    /**
     * @throws InvalidInputException when the request is not sound, a node is not deployed, or there is nothing or too much to do
     * @throws NotFoundException when there is no such workspace
     */
    static PlannedBackfill plan(Handle handle, WorkspaceId workspace, NewBackfill wanted) {
        BackfillChecks.refuseUnsound(wanted);
        BackfillPlanDao dao = handle.attach(BackfillPlanDao.class);
        ZoneId zone = dao.place(workspace)
                .orElseThrow(() -> new NotFoundException("workspace", workspace))
                .zone();
        List<Finding> findings = new ArrayList<>();
        List<RunnableNode> nodes = ChosenNodes.of(dao, workspace, wanted, zone, findings);
        Set<NodeId> excluded = new HashSet<>(wanted.nodes().excluded());
        SortedSet<LocalDate> dates = dates(wanted);
        Pasts pasts = Pasts.of(dao, nodes, dates, zone);

        Map<NodeId, List<ScheduledTime>> times = new HashMap<>();
        Set<LocalDate> withWork = new HashSet<>();
        int seen = 0;
        int chosen = 0;
        for (RunnableNode node : nodes) {
            List<ScheduledTime> of = new ArrayList<>();
            for (LocalDate date : dates) {
                for (ScheduledTime time : timesOf(node, date, wanted)) {
                    BackfillChecks.refuseTooManySeen(++seen, wanted);
                    if (excluded.contains(node.nodeId())) {
                        of.add(time);
                    } else if (isWanted(node, time, wanted.which(), pasts)) {
                        of.add(time);
                        withWork.add(date);
                        BackfillChecks.refuseTooMany(++chosen, wanted);
                    }
                }
            }
            times.put(node.nodeId(), of);
        }
        List<PlannedNode> planned = new ArrayList<>();
        for (RunnableNode node : nodes) {
            // An excluded node alone is no reason to run a date.
            List<ScheduledTime> kept = times.getOrDefault(node.nodeId(), List.of()).stream()
                    .filter(time -> withWork.contains(PlannedBackfill.businessDate(time)))
                    .toList();
            planned.add(new PlannedNode(node, excluded.contains(node.nodeId()), kept));
        }
        BackfillChecks.refuseTooMany(
                planned.stream().mapToInt(node -> node.times().size()).sum(), wanted);
        BackfillChecks.refuseNothing(chosen, wanted);
        boolean inOrder = orderMatters(nodes, wanted, findings);
        boolean descending = !inOrder && wanted.rules().order() == NewBackfill.Order.DESCENDING;
        List<LocalDate> order = new ArrayList<>(new TreeSet<>(withWork));
        if (descending) {
            Collections.reverse(order);
        }
        PlannedBackfill plan = new PlannedBackfill(
                zone, planned, order, inOrder ? 1 : wanted.rules().groups(), descending, List.of());
        findings.addAll(BackfillFindings.of(dao, plan, pasts));
        return new PlannedBackfill(zone, planned, order, plan.groups(), descending, List.copyOf(findings));
    }

    private static SortedSet<LocalDate> dates(NewBackfill wanted) {
        SortedSet<LocalDate> dates = new TreeSet<>();
        TimeRange times = wanted.times();
        if (times != null) {
            add(
                    dates,
                    times.from().toLocalDate().minusDays(1),
                    times.to().toLocalDate().minusDays(1));
        }
        wanted.dates().forEach(range -> add(dates, range.from(), range.to()));
        return dates;
    }

    private static void add(SortedSet<LocalDate> dates, LocalDate from, LocalDate to) {
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            dates.add(date);
        }
    }

    /** Of one business date: everything that the next day's clock shows. */
    private static List<ScheduledTime> timesOf(RunnableNode node, LocalDate businessDate, NewBackfill wanted) {
        Schedule schedule = node.document().schedule();
        return schedule
                .times(
                        startOfDay(businessDate, node.zone()),
                        startOfDay(businessDate.plusDays(1), node.zone()),
                        node.zone())
                .stream()
                .filter(time -> inHours(schedule.cycle(), time.local().toLocalTime(), wanted.hours()))
                .filter(time -> inTimes(time, wanted.times()))
                .toList();
    }

    /** When the day begins on which a business date is worked on. */
    static Instant startOfDay(LocalDate businessDate, ZoneId zone) {
        return businessDate.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static boolean inHours(Cycle cycle, LocalTime time, @Nullable HourRange hours) {
        return hours == null
                || cycle.frequency().isOnceADay()
                || (!time.isBefore(hours.from()) && !time.isAfter(hours.to()));
    }

    private static boolean inTimes(ScheduledTime time, @Nullable TimeRange times) {
        return times == null
                || (!time.local().isBefore(times.from()) && !time.local().isAfter(times.to()));
    }

    private static boolean isWanted(RunnableNode node, ScheduledTime time, Which which, Pasts pasts) {
        BackfillPlanDao.Past past = pasts.of(node.nodeId(), time);
        return switch (which) {
            case ALL -> true;
            // Where the node does not work nothing can be missing.
            case MISSING -> node.document().schedule().cycle().isRealRun(time) && (past == null || !past.succeeded());
            case FAILED -> past != null && past.failed();
        };
    }

    /** A node that waits for an earlier cycle: its dates can only run one after another, the oldest first. */
    private static boolean orderMatters(List<RunnableNode> nodes, NewBackfill wanted, List<Finding> findings) {
        List<String> names = nodes.stream()
                .filter(BackfillPlanner::looksBack)
                .map(RunnableNode::name)
                .toList();
        if (names.isEmpty()) {
            return false;
        }
        boolean otherwise = wanted.rules().groups() > 1 || wanted.rules().order() == NewBackfill.Order.DESCENDING;
        if (otherwise) {
            findings.add(Finding.warning(
                    "/groups",
                    "%s on the previous cycle, so business dates run one at a time, the oldest first."
                            .formatted(BackfillChecks.named(names, "depends", "depend")),
                    "Leave these nodes out if the others shall run side by side or in another order."));
        }
        return true;
    }

    static boolean looksBack(RunnableNode node) {
        return node.document().dependencies().stream()
                .anyMatch(dependency -> dependency.kind() != DependencyKind.SAME_CYCLE);
    }

    /** What became of scheduled times before. */
    record Pasts(Map<NodeId, Map<Instant, BackfillPlanDao.Past>> byNode) {
        static Pasts of(BackfillPlanDao dao, Collection<RunnableNode> nodes, SortedSet<LocalDate> dates, ZoneId zone) {
            Map<NodeId, Map<Instant, BackfillPlanDao.Past>> byNode = new HashMap<>();
            dao.past(
                            nodes.stream()
                                    .mapToLong(node -> node.nodeId().value())
                                    .toArray(),
                            startOfDay(dates.first(), zone),
                            startOfDay(dates.last().plusDays(1), zone))
                    .forEach(past -> byNode.computeIfAbsent(past.nodeId(), id -> new HashMap<>())
                            .put(past.scheduledTime(), past));
            return new Pasts(byNode);
        }

        BackfillPlanDao.@Nullable Past of(NodeId node, ScheduledTime time) {
            return byNode.getOrDefault(node, Map.of()).get(time.instant());
        }
    }
}
