package io.tidegate.app.history;

import io.tidegate.app.history.History.Entry;
import io.tidegate.app.history.History.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** I10: whoever changed something is in the audit trail. */
final class AuditChecks {
    /** The audit's words for what a user did, by the event that follows from it. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "StopAsked", Set.of("instance.stop"),
            "RerunAsked", Set.of("instance.rerun", "instance.rerun-with-descendants", "instance.repair"),
            "SentBack", Set.of("instance.rerun"),
            "SetSuccessAsked", Set.of("instance.set-success"),
            "FreezeAsked", Set.of("instance.freeze"),
            "UnfreezeAsked", Set.of("instance.unfreeze"),
            "DependencyRemoved", Set.of("instance.remove-dependency"),
            "PriorityChanged", Set.of("instance.change-priority"),
            "RunNowAsked", Set.of("instance.run-now"));

    private AuditChecks() {}

    static void check(History history, List<Violation> found) {
        Map<Entry, Long> entries =
                history.audit().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        // RerunAsked and SentBack are both told as a rerun, so they are counted together.
        Map<String, Long> events = history.events().stream()
                .filter(event -> event.byUser() && ACTIONS.containsKey(event.cause()))
                .collect(Collectors.groupingBy(AuditChecks::kindAndInstance, TreeMap::new, Collectors.counting()));
        events.forEach((key, count) -> {
            String[] parts = key.split(" ", 2);
            long told = ACTIONS.getOrDefault(parts[0], Set.of()).stream()
                    .mapToLong(action -> entries.getOrDefault(new Entry(action, parts[1]), 0L))
                    .sum();
            if (told < count) {
                found.add(new Violation(
                        "I10",
                        "%s of %s happened %d times, and the audit tells %d"
                                .formatted(parts[0], parts[1], count, told)));
            }
        });
    }

    private static String kindAndInstance(Event event) {
        String cause = event.cause().equals("SentBack") ? "RerunAsked" : event.cause();
        return cause + " instance " + event.instance();
    }
}
