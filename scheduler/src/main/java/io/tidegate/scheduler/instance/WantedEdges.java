package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.EdgeRule;
import io.tidegate.scheduler.cycle.NodeCycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The edges from the instances of one node to those of another. The rules speak of times; here they meet the instances that
 * there are, which need not be at these times: a parent that was deployed, or got another cycle, in the middle of the day does
 * not have all of them.
 */
final class WantedEdges {
    /** A child waits for a parent. */
    record Edge(InstanceId child, InstanceId parent, boolean previous) {}

    private final NodeCycle child;
    private final NodeCycle parent;
    private final NavigableMap<LocalDate, List<EdgeDao.Linked>> children;
    private final List<EdgeDao.Linked> parents;
    private final boolean exactly;

    /**
     * @param children by scheduled time
     * @param parents by scheduled time
     * @param exactly whether only an instance at the very time counts, and none stands for another
     */
    WantedEdges(
            EdgeDao.Dependency dependency,
            List<EdgeDao.Linked> children,
            List<EdgeDao.Linked> parents,
            boolean exactly) {
        this.child = exactly ? dependency.childNode().alone() : dependency.childNode();
        this.parent = exactly ? dependency.parentNode().alone() : dependency.parentNode();
        this.exactly = exactly;
        this.children = byDate(children, child.zone());
        this.parents = parents;
    }

    /** Those of the same cycle. */
    List<Edge> sameCycle() {
        // A parent with one time a day goes by its own date, any other by the child's.
        Map<LocalDate, List<EdgeDao.Linked>> candidates =
                byDate(parents, parent.isOnceADay() ? parent.zone() : child.zone());
        EdgeRule rule = EdgeRule.of(child, parent, false);
        List<Edge> edges = new ArrayList<>();
        children.forEach((date, ofDate) -> {
            List<EdgeDao.Linked> parentsOfDate = candidates.getOrDefault(date, List.of());
            if (!parentsOfDate.isEmpty()) {
                Map<ScheduledTime, List<ScheduledTime>> wanted = rule.parentsOn(date);
                boolean first = true;
                for (EdgeDao.Linked instance : ofDate) {
                    if (instance.waiting()) {
                        // An instance of an older version may stand at a time that the cycle no longer has.
                        List<ScheduledTime> times = wanted.getOrDefault(instance.time(), List.of(instance.time()));
                        // The first of the day stands for the others; it need not be the first of the calendar.
                        times = times.isEmpty() && first ? times(parentsOfDate) : times;
                        standingFor(times, parentsOfDate).forEach(p -> edges.add(new Edge(instance.id(), p, false)));
                        first = false;
                    }
                }
            }
        });
        return edges;
    }

    /** Those to the parent's previous cycle; what has no instance there waits for none. */
    List<Edge> previousCycle() {
        EdgeRule rule = EdgeRule.of(child, parent, true);
        List<Edge> edges = new ArrayList<>();
        children.forEach((date, ofDate) -> {
            Map<ScheduledTime, List<ScheduledTime>> wanted = rule.parentsOn(date);
            for (EdgeDao.Linked instance : ofDate) {
                if (instance.waiting()) {
                    Set<InstanceId> found = new LinkedHashSet<>();
                    wanted.getOrDefault(instance.time(), List.of()).forEach(time -> addLast(time, found));
                    found.forEach(p -> edges.add(new Edge(instance.id(), p, true)));
                }
            }
        });
        return edges;
    }

    /** The parent's instance at the time, or the last one before it on the same date. */
    private void addLast(ScheduledTime time, Set<InstanceId> found) {
        LocalDate date = time.local().toLocalDate();
        Predicate<EdgeDao.Linked> before = exactly
                ? p -> p.scheduledTime().equals(time.instant())
                : p -> !p.scheduledTime().isAfter(time.instant())
                        && LocalDate.ofInstant(p.scheduledTime(), parent.zone()).equals(date);
        for (int i = parents.size() - 1; i >= 0; i--) {
            if (before.test(parents.get(i))) {
                found.add(parents.get(i).id());
                return;
            }
        }
    }

    /** The instances that stand for the wanted times: each the one at that time, or the last before it, or the first. */
    private Set<InstanceId> standingFor(List<ScheduledTime> wanted, List<EdgeDao.Linked> candidates) {
        Set<InstanceId> ids = new LinkedHashSet<>();
        if (exactly) {
            Set<Instant> instants = wanted.stream().map(ScheduledTime::instant).collect(Collectors.toSet());
            candidates.stream()
                    .filter(candidate -> instants.contains(candidate.scheduledTime()))
                    .forEach(candidate -> ids.add(candidate.id()));
            return ids;
        }
        for (ScheduledTime time : wanted) {
            EdgeDao.Linked standing = candidates.get(0);
            for (EdgeDao.Linked candidate : candidates) {
                if (!candidate.scheduledTime().isAfter(time.instant())) {
                    standing = candidate;
                }
            }
            ids.add(standing.id());
        }
        return ids;
    }

    private static List<ScheduledTime> times(List<EdgeDao.Linked> instances) {
        return instances.stream().map(EdgeDao.Linked::time).toList();
    }

    private static NavigableMap<LocalDate, List<EdgeDao.Linked>> byDate(List<EdgeDao.Linked> instances, ZoneId zone) {
        return instances.stream()
                .collect(Collectors.groupingBy(
                        i -> LocalDate.ofInstant(i.scheduledTime(), zone), TreeMap::new, Collectors.toList()));
    }
}
