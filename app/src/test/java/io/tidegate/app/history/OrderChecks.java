package io.tidegate.app.history;

import io.tidegate.app.history.History.Edge;
import io.tidegate.app.history.History.Event;
import io.tidegate.scheduler.instance.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I8 and I9: what goes before what. */
final class OrderChecks {
    /** With these an instance is let go: later events only claim and end it. */
    private static final Set<String> LET_GO = Set.of("TimeReached", "DryRunDue");

    private OrderChecks() {}

    static void parentsFirst(History history, Map<Long, List<Event>> events, int overlap, List<Violation> found) {
        for (Edge edge : history.edges()) {
            List<Event> parent = events.getOrDefault(edge.parent(), List.of());
            for (Event event : events.getOrDefault(edge.child(), List.of())) {
                Event last = lastBefore(parent, event.id());
                // A parent that was planned later was no parent yet.
                if (!LET_GO.contains(event.cause()) || last == null || last.to() == InstanceState.SUCCESS) {
                    continue;
                }
                boolean sideBySide = last.from() == InstanceState.SUCCESS && event.id() - last.id() <= overlap;
                if (!sideBySide) {
                    found.add(new Violation(
                            "I8",
                            "instance %d is let go by event %d (%s) while its parent %d is %s"
                                    .formatted(edge.child(), event.id(), event.cause(), edge.parent(), last.to())));
                }
            }
        }
    }

    static void ordered(History history, Map<Long, List<Event>> events, List<Violation> found) {
        for (Edge pair : history.ordered()) {
            Long over = events.getOrDefault(pair.parent(), List.of()).stream()
                    .filter(event -> event.to().isTerminal())
                    .map(Event::id)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            for (Event event : events.getOrDefault(pair.child(), List.of())) {
                boolean starts = event.to() == InstanceState.RUNNING && event.from() != InstanceState.RUNNING;
                if (starts && event.id() < over) {
                    found.add(new Violation(
                            "I9",
                            "instance %d starts by event %d although instance %d comes first and has never been over"
                                    .formatted(pair.child(), event.id(), pair.parent())));
                }
            }
        }
    }

    private static @Nullable Event lastBefore(List<Event> events, long id) {
        Event last = null;
        for (Event event : events) {
            if (event.id() > id) {
                break;
            }
            last = event;
        }
        return last;
    }
}
