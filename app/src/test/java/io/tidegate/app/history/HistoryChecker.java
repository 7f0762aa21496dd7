package io.tidegate.app.history;

import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Fire;
import io.tidegate.app.history.History.Row;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds in a history what must never be. Pure: it believes nothing but the history.
 *
 * <ul>
 *   <li>LEGAL: the events of an instance are one chain of moves that {@code InstanceTransition} allows;
 *   <li>I1: one instance for each environment, node, origin and time;
 *   <li>I2: no fire is lost: each became an instance, and each instance that nobody holds is over in the end;
 *   <li>I3: at most one attempt holds an instance, under an epoch of its own, and only that one ends it;
 *   <li>I5: what is over stays so, unless a rerun is asked for or a failed one is set to success;
 *   <li>I6: each RUNNING ends within the time allowed;
 *   <li>I7: no resource group runs more than it has slots, and no node more than it may, over all workers;
 *   <li>I8: an instance is let go only when all its parents are a success;
 *   <li>I9: ordered instances run in their order, and backfills as they promise: {@link BackfillChecks};
 *   <li>I10: each change by a user is in the audit trail.
 * </ul>
 *
 * I4 (contents of partitions) is compared where copies run, I11 (no secret anywhere) by {@link SecretSearch}.
 */
final class HistoryChecker {
    private final Duration runningMax;
    private final int overlap;

    /**
     * @param runningMax how long an instance may be RUNNING
     * @param overlap so many events may lie between those of two transactions side by side: a child may be let go by a parent
     *     that is rerun in the same moment. Events and not time, as clocks may differ
     */
    HistoryChecker(Duration runningMax, int overlap) {
        this.runningMax = runningMax;
        this.overlap = overlap;
    }

    List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Map<Long, List<Event>> events = history.events().stream()
                .collect(Collectors.groupingBy(Event::instance, TreeMap::new, Collectors.toList()));
        uniqueInstances(history, found);
        firesAndEnds(history, found);
        for (Row row : history.instances()) {
            List<Event> own = events.getOrDefault(row.id(), List.of());
            EventChain.check(row, own, found);
            terminalStays(own, found);
            runningEnds(own, found);
        }
        AttemptChecks.check(history, events, found);
        slots(history, found);
        OrderChecks.parentsFirst(history, events, overlap, found);
        OrderChecks.ordered(history, events, found);
        BackfillChecks.check(history, events, found);
        AuditChecks.check(history, found);
        return found;
    }

    private static void uniqueInstances(History history, List<Violation> found) {
        Map<List<Object>, Long> seen = new HashMap<>();
        for (Row row : history.instances()) {
            Long other = seen.putIfAbsent(List.of(row.fire(), row.origin(), row.originKey()), row.id());
            if (other != null) {
                found.add(new Violation(
                        "I1", "instances %d and %d are both of %s".formatted(other, row.id(), row.fire())));
            }
        }
    }

    private static void firesAndEnds(History history, List<Violation> found) {
        Set<Fire> planned = history.instances().stream()
                .filter(row -> row.origin().equals("CYCLE"))
                .map(Row::fire)
                .collect(Collectors.toCollection(HashSet::new));
        for (Fire fire : history.fires()) {
            if (!planned.contains(fire)) {
                found.add(new Violation("I2", "no instance of " + fire));
            }
        }
        for (Row row : history.instances()) {
            if (!row.state().isTerminal() && !row.held()) {
                found.add(new Violation("I2", "instance %d is %s in the end".formatted(row.id(), row.state())));
            }
        }
    }

    private static final Set<String> LEAVE_SUCCESS = Set.of("RerunAsked", "SentBack");
    private static final Set<String> LEAVE_FAILED = Set.of("RerunAsked", "SentBack", "SetSuccessAsked");

    private static void terminalStays(List<Event> own, List<Violation> found) {
        for (Event event : own) {
            if (event.from() == null
                    || event.from() == event.to()
                    || !event.from().isTerminal()) {
                continue;
            }
            Set<String> allowed = event.from() == InstanceState.SUCCESS ? LEAVE_SUCCESS : LEAVE_FAILED;
            if (!allowed.contains(event.cause())) {
                found.add(new Violation("I5", "event " + event + " leaves a state that is over"));
            }
        }
    }

    private void runningEnds(List<Event> own, List<Violation> found) {
        Event begun = null;
        for (Event event : own) {
            if (event.to() == InstanceState.RUNNING) {
                begun = begun == null ? event : begun;
            } else if (begun != null) {
                if (Duration.between(begun.at(), event.at()).compareTo(runningMax) > 0) {
                    found.add(new Violation(
                            "I6",
                            "instance %d was RUNNING from %s to %s"
                                    .formatted(event.instance(), begun.at(), event.at())));
                }
                begun = null;
            }
        }
        if (begun != null) {
            found.add(new Violation("I6", "instance %d is RUNNING for good".formatted(begun.instance())));
        }
    }

    /** A slot is given back before the event that takes it again is written, so the order of events never shows too many. */
    private static void slots(History history, List<Violation> found) {
        Map<Long, Row> rows = history.instances().stream().collect(Collectors.toMap(Row::id, row -> row, (a, b) -> a));
        Map<String, Integer> running = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Event event : history.events()) {
            Row row = rows.get(event.instance());
            boolean takes = event.to() == InstanceState.RUNNING && event.from() != InstanceState.RUNNING;
            boolean gives = event.from() == InstanceState.RUNNING && event.to() != InstanceState.RUNNING;
            if (row == null || takes == gives) {
                continue;
            }
            int step = takes ? 1 : -1;
            String group = "group " + row.group();
            String node = "node " + row.fire().node() + " in " + row.fire().environment();
            int inGroup = running.merge(group, step, Integer::sum);
            int ofNode = running.merge(node, step, Integer::sum);
            Integer limit = row.parallelMax();
            tellTooMany(group, inGroup, history.slots().getOrDefault(row.group(), 0), event, told, found);
            tellTooMany(node, ofNode, limit == null || gives ? Integer.MAX_VALUE : limit, event, told, found);
        }
    }

    private static void tellTooMany(
            String of, int running, int most, Event event, Set<String> told, List<Violation> found) {
        if (running > most && told.add(of)) {
            found.add(new Violation(
                    "I7", "%d instances of %s run at event %d, and %d may".formatted(running, of, event.id(), most)));
        }
    }
}
