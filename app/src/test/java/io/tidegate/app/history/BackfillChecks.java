package io.tidegate.app.history;

import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Filling;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.instance.InstanceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** I9, as it concerns backfills: their counts, how many dates at once and in which order, and what never begins. */
final class BackfillChecks {
    /** From then on an instance is a user's, and waits no more for its date or its backfill. */
    private static final Set<String> TAKEN_OVER = Set.of("RerunAsked", "SentBack", "RunNowAsked");

    private BackfillChecks() {}

    static void check(History history, Map<Long, List<Event>> events, List<Violation> found) {
        Map<Long, Set<Long>> parents = history.edges().stream()
                .collect(Collectors.groupingBy(
                        History.Edge::child, Collectors.mapping(History.Edge::parent, Collectors.toSet())));
        for (Filling backfill : history.backfills()) {
            counts(backfill, found);
            new Walk(backfill, parents, found).over(history.events());
        }
    }

    private static void counts(Filling backfill, List<Violation> found) {
        int there = backfill.positions().size();
        if (there != backfill.planned() || there != backfill.counted()) {
            found.add(violation("backfill %d has %d instances; its plan told %d, and its counts add up to %d"
                    .formatted(backfill.id(), there, backfill.planned(), backfill.counted())));
        }
        boolean ended = backfill.state() == BackfillState.DONE && backfill.over();
        if (!ended && backfill.state() != BackfillState.CANCELLED) {
            found.add(violation("backfill %d is %s in the end, its dates are %sover"
                    .formatted(backfill.id(), backfill.state(), backfill.over() ? "" : "not ")));
        }
    }

    /** One backfill, event by event. */
    private static final class Walk {
        private final Filling backfill;
        private final Map<Long, Set<Long>> parents;
        private final List<Violation> found;
        private final Map<Long, InstanceState> states = new HashMap<>();
        private final Set<Long> held = new HashSet<>();
        private final Set<Long> begun = new HashSet<>();
        private final Set<Long> takenOver = new HashSet<>();
        /** Dates that were over once: what a user reruns then is the user's. */
        private final Set<Integer> over = new HashSet<>();

        private final Map<Integer, Set<Long>> byPosition = new TreeMap<>();

        Walk(Filling backfill, Map<Long, Set<Long>> parents, List<Violation> found) {
            this.backfill = backfill;
            this.parents = parents;
            this.found = found;
            backfill.positions().forEach((instance, position) -> {
                states.put(instance, InstanceState.NOT_RUN);
                held.add(instance);
                byPosition.computeIfAbsent(position, p -> new HashSet<>()).add(instance);
            });
        }

        void over(List<Event> all) {
            for (Event event : all) {
                Integer position = backfill.positions().get(event.instance());
                if (position == null) {
                    continue;
                }
                if (event.to() == InstanceState.RUNNING && event.from() != InstanceState.RUNNING) {
                    starts(event, position);
                }
                note(event);
                if (!canGoOn(position)) {
                    over.add(position);
                }
            }
        }

        private void note(Event event) {
            long id = event.instance();
            states.put(id, event.to());
            if (TAKEN_OVER.contains(event.cause())) {
                takenOver.add(id);
                held.remove(id);
            } else if (event.cause().equals("Held")) {
                held.add(id);
            } else if (event.cause().equals("Released")) {
                held.remove(id);
            }
        }

        private void starts(Event event, int position) {
            long id = event.instance();
            if (held.contains(id)) {
                found.add(violation("event %d starts instance %d although backfill %d holds it"
                        .formatted(event.id(), id, backfill.id())));
            }
            if (takenOver.contains(id)) {
                return;
            }
            Long cancelled = backfill.cancelledAt();
            boolean first = begun.add(id);
            if (first && cancelled != null && event.id() > cancelled) {
                found.add(violation("event %d begins instance %d, and backfill %d was cancelled at event %d"
                        .formatted(event.id(), id, backfill.id(), cancelled)));
            }
            long before = byPosition.keySet().stream()
                    .filter(other -> other < position && !over.contains(other))
                    .count();
            if (before >= backfill.groups()) {
                found.add(violation(
                        "event %d starts date %d of backfill %d while %d dates before it are not over, and %d may run at once"
                                .formatted(event.id(), position, backfill.id(), before, backfill.groups())));
            }
        }

        /** As it is told to users: something of the date waits or runs, or could. */
        private boolean canGoOn(int position) {
            return byPosition.getOrDefault(position, Set.of()).stream().anyMatch(id -> {
                InstanceState state = states.getOrDefault(id, InstanceState.NOT_RUN);
                return state == InstanceState.NOT_RUN
                        ? parents.getOrDefault(id, Set.of()).stream()
                                .allMatch(parent -> states.get(parent) == InstanceState.SUCCESS)
                        : !state.isTerminal();
            });
        }
    }

    private static Violation violation(String sentence) {
        return new Violation("I9", sentence);
    }
}
