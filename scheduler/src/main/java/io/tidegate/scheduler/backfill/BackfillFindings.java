package io.tidegate.scheduler.backfill;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.backfill.PlannedBackfill.PlannedNode;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.PreviewedRun;
import io.tidegate.scheduler.node.RunPreview;
import io.tidegate.scheduler.node.SyncJobView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What is worth knowing of a plan before it starts. Nothing of it blocks. */
final class BackfillFindings {
    private static final int PARENTS_LOOKED_AT_MAX = 50;
    private static final int EACH_KIND_MAX = 5;

    private final BackfillPlanDao dao;
    private final PlannedBackfill plan;
    private final BackfillPlanner.Pasts pasts;
    private final List<Finding> findings = new ArrayList<>();

    private BackfillFindings(BackfillPlanDao dao, PlannedBackfill plan, BackfillPlanner.Pasts pasts) {
        this.dao = dao;
        this.plan = plan;
        this.pasts = pasts;
    }

    static List<Finding> of(BackfillPlanDao dao, PlannedBackfill plan, BackfillPlanner.Pasts pasts) {
        BackfillFindings all = new BackfillFindings(dao, plan, pasts);
        all.partitionsWrittenTwice();
        all.rowsAddedAgain();
        all.unfinished();
        all.upstream();
        all.unreadable();
        return all.findings;
    }

    private List<PlannedNode> working() {
        return plan.nodes().stream()
                .filter(node -> !node.excluded() && !node.times().isEmpty())
                .toList();
    }

    private List<PlannedNode> copying() {
        return working().stream()
                .filter(node -> node.node().type() == NodeType.BATCH_SYNC)
                .toList();
    }

    private void partitionsWrittenTwice() {
        Map<String, Integer> writers = new LinkedHashMap<>();
        Map<String, String> first = new HashMap<>();
        for (PlannedNode node : copying()) {
            RunPreview preview = preview(node);
            for (ScheduledTime time : node.times()) {
                preview.destination(time).ifPresent(place -> {
                    writers.merge(place, 1, Integer::sum);
                    first.putIfAbsent(place, node.node().name() + " at " + time.local());
                });
            }
        }
        List<String> twice = writers.keySet().stream()
                .filter(place -> writers.getOrDefault(place, 0) > 1)
                .toList();
        twice.stream()
                .limit(EACH_KIND_MAX)
                .forEach(
                        place -> findings.add(
                                Finding.warning(
                                        "",
                                        "%d instances write to %s, the first of them %s.%s"
                                                .formatted(
                                                        writers.getOrDefault(place, 0),
                                                        place.strip(),
                                                        first.getOrDefault(place, ""),
                                                        more(twice)),
                                        "Give each instance a partition of its own, or choose fewer hours: of those that overwrite, the last one stays.")));
    }

    private static String more(List<?> all) {
        return all.size() > EACH_KIND_MAX ? " There are %d such cases in all.".formatted(all.size()) : "";
    }

    private void rowsAddedAgain() {
        for (PlannedNode node : copying()) {
            boolean adds = SyncJobView.of(node.node().document().code())
                    .map(job -> !job.truncates())
                    .orElse(false);
            long again = adds ? count(node, BackfillPlanDao.Past::succeeded) : 0;
            if (again > 0) {
                findings.add(Finding.warning(
                        "",
                        "%s inserts into its table, and %d of its scheduled times have succeeded before: their rows are added a second time."
                                .formatted(node.node().name(), again),
                        "Choose MISSING, or empty the partitions first."));
            }
        }
    }

    private void unfinished() {
        for (PlannedNode node : working()) {
            long unfinished = count(node, BackfillPlanDao.Past::unfinished);
            if (unfinished > 0) {
                findings.add(Finding.warning(
                        "",
                        "%d scheduled times of %s have an instance that waits or runs, of the calendar or of another backfill."
                                .formatted(unfinished, node.node().name()),
                        "Leave these times out, or let the other instances end first: both write the same."));
            }
        }
    }

    private long count(PlannedNode node, Predicate<BackfillPlanDao.Past> which) {
        return node.times().stream()
                .map(time -> pasts.of(node.node().nodeId(), time))
                .filter(past -> past != null && which.test(past))
                .count();
    }

    private void upstream() {
        Set<Long> chosen = new HashSet<>();
        plan.nodes().forEach(node -> chosen.add(node.node().nodeId().value()));
        List<BackfillPlanDao.Outside> outside = dao.parentsOutside(
                working().stream().mapToLong(n -> n.node().nodeId().value()).toArray(), PARENTS_LOOKED_AT_MAX);
        outside = outside.stream()
                .filter(parent -> !chosen.contains(parent.parent().value()))
                .toList();
        Map<NodeId, Set<LocalDate>> done = doneDates(outside);
        for (BackfillPlanDao.Outside parent : outside) {
            if (dao.withAncestors(new long[] {parent.parent().value()}, BackfillChecks.NODES_MAX).stream()
                    .anyMatch(chosen::contains)) {
                findings.add(Finding.warning(
                        "/nodeIds",
                        "%s waits for chosen nodes only through %s, which is not chosen: it does not wait for them here."
                                .formatted(parent.childName(), parent.parentName()),
                        "Choose %s too, and exclude it if it shall not work.".formatted(parent.parentName())));
            }
            List<LocalDate> missing = plan.dates().stream()
                    .filter(date ->
                            !done.getOrDefault(parent.parent(), Set.of()).contains(date))
                    .sorted()
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(Finding.warning(
                        "/nodeIds",
                        "%s reads what %s makes, which has no success for %d of the business dates, the first of them %s."
                                .formatted(parent.childName(), parent.parentName(), missing.size(), missing.get(0)),
                        "Choose %s as well, or run it first: a backfill waits for nothing outside."
                                .formatted(parent.parentName())));
            }
        }
    }

    private Map<NodeId, Set<LocalDate>> doneDates(List<BackfillPlanDao.Outside> outside) {
        Map<NodeId, Set<LocalDate>> done = new HashMap<>();
        if (outside.isEmpty()) {
            return done;
        }
        List<LocalDate> dates = plan.dates().stream().sorted().toList();
        dao.doneDates(
                        outside.stream().mapToLong(p -> p.parent().value()).toArray(),
                        BackfillPlanner.startOfDay(dates.get(0), plan.zone()),
                        BackfillPlanner.startOfDay(dates.get(dates.size() - 1).plusDays(1), plan.zone()))
                .forEach(found -> done.computeIfAbsent(found.nodeId(), id -> new HashSet<>())
                        .add(found.businessDate()));
        return done;
    }

    /** With the values of the first time; the others differ in dates only. */
    private void unreadable() {
        for (PlannedNode node : copying()) {
            PreviewedRun run = preview(node).at(node.times().get(0));
            if (run.problem() != null) {
                findings.add(Finding.warning(
                        "/parameters",
                        "The code of %s cannot be read with the values of %s: %s"
                                .formatted(
                                        node.node().name(), node.times().get(0).local(), run.problem()),
                        "Mend the parameters, or these instances fail."));
            }
        }
    }

    private RunPreview preview(PlannedNode node) {
        return new RunPreview(node.node().type(), node.node().document(), plan.zone());
    }
}
