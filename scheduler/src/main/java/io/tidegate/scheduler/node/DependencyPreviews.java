package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.EdgeRule;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.DependencyPreview.Neighbour;
import io.tidegate.scheduler.node.DependencyPreview.PreviewedInstance;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Works out previews of edges: by the rules that the planner draws them by, before there is any instance. */
final class DependencyPreviews {
    /** A node may have as many children as there are nodes. */
    private static final int CHILDREN_MAX = 200;

    private final GraphDao graph;
    private final Environment environment;
    private final DependencyChecks checks;

    DependencyPreviews(Handle handle, Environment environment) {
        this.graph = handle.attach(GraphDao.class);
        this.environment = environment;
        this.checks = new DependencyChecks(handle, environment);
    }

    DependencyPreview of(Workspace workspace, Node node, NodeDocument document, LocalDate businessDate) {
        List<Finding> findings = new ArrayList<>(checks.of(workspace, node, document));
        if (!document.schedule().cycle().problems().isEmpty()) {
            findings.add(Finding.error("/schedule/cycle", "The cycle is not sound.", "Mend the schedule first."));
            return new DependencyPreview(businessDate, List.of(), findings);
        }
        var itself = new GraphDao.Live(
                node.id(),
                node.name(),
                document,
                workspace.name(),
                workspace.timeZone(),
                workspace.periodicScheduling());
        Set<String> outputs = new TreeSet<>();
        document.dependencies().forEach(dependency -> outputs.add(dependency.output()));
        Map<String, GraphDao.Output> owners = new HashMap<>();
        graph.owners(environment, outputs).forEach(owner -> owners.put(owner.output(), owner));
        NodeEdges nodeEdges = new NodeEdges(graph, environment);
        Set<GraphDao.Edge> up = new LinkedHashSet<>(nodeEdges.parentsOf(node, document, owners));
        Set<GraphDao.Edge> down = new LinkedHashSet<>(graph.waitingFor(environment, node.id(), CHILDREN_MAX + 1));
        down.addAll(nodeEdges.asChildOf(node, List.copyOf(up)));
        if (down.size() > CHILDREN_MAX) {
            findings.add(Finding.warning(
                    "", "More than " + CHILDREN_MAX + " nodes wait for this one.", "Only the first are shown."));
        }
        if (document.waitsForItself()) {
            var self = new GraphDao.Edge(node.id(), node.name(), node.id(), node.name(), true);
            up.add(self);
            down.add(self);
        }
        LocalDate date = businessDate.plusDays(1);
        Instances instances = new Instances(itself, date);
        Map<NodeId, GraphDao.Live> live = live(itself, up, down);
        up.forEach(edge -> instances.waitFor(edge, live.get(edge.parentId()), findings));
        down.stream().limit(CHILDREN_MAX + 1L).forEach(edge -> instances.waitedForBy(edge, live.get(edge.childId())));
        if (instances.isEmpty()) {
            findings.add(Finding.warning(
                    "/schedule",
                    "The node has no instance on " + date + ": its schedule is not valid then.",
                    "Choose another business date."));
        }
        return new DependencyPreview(businessDate, instances.all(), findings);
    }

    private Map<NodeId, GraphDao.Live> live(GraphDao.Live itself, Set<GraphDao.Edge> up, Set<GraphDao.Edge> down) {
        Set<Long> ids = new LinkedHashSet<>();
        up.forEach(edge -> ids.add(edge.parentId().value()));
        down.forEach(edge -> ids.add(edge.childId().value()));
        Map<NodeId, GraphDao.Live> live = new HashMap<>();
        graph.live(environment, ids).forEach(found -> live.put(found.nodeId(), found));
        live.put(itself.nodeId(), itself);
        return live;
    }

    /** The node's instances of a date, and what is at the other ends of their edges. */
    private static final class Instances {
        private final GraphDao.Live itself;
        private final LocalDate date;
        private final Map<ScheduledTime, List<Neighbour>> parents = new TreeMap<>();
        private final Map<ScheduledTime, List<Neighbour>> children = new TreeMap<>();

        Instances(GraphDao.Live itself, LocalDate date) {
            this.itself = itself;
            this.date = date;
            itself.cycle().timesOn(date).stream()
                    .filter(time -> exists(itself, time))
                    .forEach(time -> {
                        parents.put(time, new ArrayList<>());
                        children.put(time, new ArrayList<>());
                    });
        }

        boolean isEmpty() {
            return parents.isEmpty();
        }

        void waitFor(GraphDao.Edge edge, GraphDao.@Nullable Live parent, List<Finding> findings) {
            // The checks say so where it is not live.
            if (parent == null || isEmpty()) {
                return;
            }
            EdgeRule rule = EdgeRule.of(itself.cycle(), parent.cycle(), edge.previous());
            boolean any = false;
            ScheduledTime early = null;
            ScheduledTime late = null;
            for (Map.Entry<ScheduledTime, List<ScheduledTime>> entry :
                    rule.parentsOn(date).entrySet()) {
                List<Neighbour> known = parents.get(entry.getKey());
                List<ScheduledTime> times = existing(parent, entry.getValue());
                if (known == null || times.isEmpty()) {
                    continue;
                }
                any = true;
                known.add(neighbour(parent, edge.previous(), times));
                ScheduledTime last = times.get(times.size() - 1);
                if (early == null && last.instant().isAfter(entry.getKey().instant())) {
                    early = entry.getKey();
                    late = last;
                }
            }
            if (early != null && late != null) {
                findings.add(Finding.warning(
                        "/dependencies",
                        "The instance at %s waits for %s at %s, which is scheduled later than itself."
                                .formatted(early.local().toLocalTime(), parent.name(), late.local()),
                        "Schedule the node later, or let it wait for the previous cycle."));
            }
            DependencyFindings.of(parent, edge, any, date, findings);
        }

        void waitedForBy(GraphDao.Edge edge, GraphDao.@Nullable Live child) {
            if (child == null || !child.document().schedule().cycle().problems().isEmpty()) {
                return;
            }
            EdgeRule rule = EdgeRule.of(child.cycle(), itself.cycle(), edge.previous());
            Map<ScheduledTime, List<ScheduledTime>> waiting = new LinkedHashMap<>();
            // The next day's wait for the previous cycle; dates of two zones lie up to a day apart.
            for (int day = -1; day <= 2; day++) {
                rule.parentsOn(date.plusDays(day)).forEach((time, waitedFor) -> {
                    if (exists(child, time)) {
                        waitedFor.stream()
                                .filter(children::containsKey)
                                .forEach(mine -> waiting.computeIfAbsent(mine, any -> new ArrayList<>())
                                        .add(time));
                    }
                });
            }
            waiting.forEach((mine, times) ->
                    children.getOrDefault(mine, new ArrayList<>()).add(neighbour(child, edge.previous(), times)));
        }

        List<PreviewedInstance> all() {
            List<PreviewedInstance> all = new ArrayList<>();
            parents.forEach((time, found) -> all.add(new PreviewedInstance(
                    time,
                    isDry(itself, time),
                    List.copyOf(found),
                    List.copyOf(children.getOrDefault(time, List.of())))));
            return all;
        }

        private static Neighbour neighbour(GraphDao.Live other, boolean previous, List<ScheduledTime> times) {
            return new Neighbour(
                    other.nodeId(),
                    other.name(),
                    other.workspace(),
                    previous,
                    times.stream().map(ScheduledTime::local).toList(),
                    times.stream().allMatch(time -> isDry(other, time)));
        }

        private static List<ScheduledTime> existing(GraphDao.Live node, List<ScheduledTime> times) {
            return times.stream().filter(time -> exists(node, time)).toList();
        }

        private static boolean exists(GraphDao.Live node, ScheduledTime time) {
            Schedule schedule = node.document().schedule();
            return schedule.validOn(time.local().toLocalDate());
        }

        private static boolean isDry(GraphDao.Live node, ScheduledTime time) {
            Schedule schedule = node.document().schedule();
            return schedule.type() == SchedulingType.DRY_RUN
                    || !schedule.cycle().isRealRun(time);
        }
    }
}
