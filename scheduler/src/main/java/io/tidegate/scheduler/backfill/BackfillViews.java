package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts backfills together from their rows and the counts of their instances; two queries for any number of them. */
final class BackfillViews {
    private BackfillViews() {}

    static List<Backfill> of(BackfillDao dao, List<BackfillDao.Row> rows) {
        long[] ids = rows.stream().mapToLong(row -> row.id().value()).toArray();
        Map<BackfillId, List<Backfill.BackfilledNode>> nodes = new HashMap<>();
        dao.nodes(ids)
                .forEach(node -> nodes.computeIfAbsent(node.backfill(), id -> new ArrayList<>())
                        .add(new Backfill.BackfilledNode(node.id(), node.name())));
        Map<BackfillId, List<BackfillDao.StandingCount>> counts = new HashMap<>();
        dao.counts(ids)
                .forEach(count -> counts.computeIfAbsent(count.backfill(), id -> new ArrayList<>())
                        .add(count));
        return rows.stream()
                .map(row ->
                        view(row, nodes.getOrDefault(row.id(), List.of()), counts.getOrDefault(row.id(), List.of())))
                .toList();
    }

    static List<BackfillDate> dates(List<BackfillDao.DateRow> rows, List<BackfillDao.DateCount> counts) {
        Map<LocalDate, Map<InstanceState, Integer>> byDate = new HashMap<>();
        counts.forEach(count ->
                byDate.computeIfAbsent(count.businessDate(), date -> none()).put(count.state(), count.count()));
        return rows.stream()
                .map(row -> new BackfillDate(
                        row.businessDate(),
                        row.position(),
                        row.begunAt(),
                        row.overAt(),
                        byDate.getOrDefault(row.businessDate(), none())))
                .toList();
    }

    private static Backfill view(
            BackfillDao.Row row, List<Backfill.BackfilledNode> nodes, List<BackfillDao.StandingCount> counts) {
        Map<InstanceState, Integer> byState = none();
        int notSubmitted = 0;
        int waiting = 0;
        int cancelled = 0;
        for (BackfillDao.StandingCount count : counts) {
            byState.merge(count.state(), count.count(), Integer::sum);
            boolean waits = switch (count.state()) {
                case NOT_RUN, WAIT_TIME, WAIT_RESOURCE -> true;
                case RUNNING, SUCCESS, FAILED -> false;
            };
            if (waits && count.cancelled()) {
                cancelled += count.count();
            } else if (waits && count.notSubmitted()) {
                notSubmitted += count.count();
            } else if (waits) {
                waiting += count.count();
            }
        }
        return new Backfill(
                row.id(),
                row.workspaceId(),
                row.workspace(),
                row.name(),
                nodes,
                row.fromLocal(),
                row.toLocal(),
                row.zone(),
                row.createdBy(),
                row.createdAt(),
                row.request(),
                row.groups(),
                row.descending(),
                row.onFailure(),
                new Backfill.Standing(row.state(), row.stateBy(), row.stateAt(), row.stateReason()),
                new Backfill.DateCounts(row.dates(), row.begun(), row.over()),
                byState,
                new Backfill.Progress(
                        notSubmitted,
                        waiting,
                        of(byState, InstanceState.RUNNING),
                        of(byState, InstanceState.SUCCESS),
                        of(byState, InstanceState.FAILED),
                        cancelled));
    }

    private static int of(Map<InstanceState, Integer> counts, InstanceState state) {
        return counts.getOrDefault(state, 0);
    }

    private static Map<InstanceState, Integer> none() {
        Map<InstanceState, Integer> counts = new EnumMap<>(InstanceState.class);
        for (InstanceState state : InstanceState.values()) {
            counts.put(state, 0);
        }
        return counts;
    }
}
