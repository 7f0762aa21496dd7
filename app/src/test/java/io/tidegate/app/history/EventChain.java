package io.tidegate.app.history;

import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Row;
import io.tidegate.scheduler.instance.IllegalTransitionException;
import io.tidegate.scheduler.instance.InstanceEvent;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.InstanceTransition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the events of one instance are one chain of moves that the transitions allow. */
final class EventChain {
    /** Written beside the transitions: birth, and becoming a dry run because its time was missed. */
    private static final String BORN = "Planned";

    private static final String MISSED = "Missed";

    private static final Map<String, List<InstanceEvent>> BY_NAME = Stream.of(
                    new InstanceEvent.ParentsDone(),
                    new InstanceEvent.TimeReached(),
                    new InstanceEvent.DryRunDue(),
                    new InstanceEvent.SlotTaken(),
                    new InstanceEvent.AttemptSucceeded(),
                    new InstanceEvent.AttemptFailed(true),
                    new InstanceEvent.AttemptFailed(false),
                    new InstanceEvent.AttemptLost(true),
                    new InstanceEvent.AttemptLost(false),
                    new InstanceEvent.StopAsked(),
                    new InstanceEvent.RerunAsked(),
                    new InstanceEvent.SetSuccessAsked(),
                    new InstanceEvent.SentBack(),
                    new InstanceEvent.FreezeAsked(),
                    new InstanceEvent.UnfreezeAsked(),
                    new InstanceEvent.DependencyRemoved(),
                    new InstanceEvent.PriorityChanged(),
                    new InstanceEvent.RunNowAsked(),
                    new InstanceEvent.Held(),
                    new InstanceEvent.Released())
            .collect(Collectors.groupingBy(
                    InstanceEvent::name, Collectors.mapping(Function.identity(), Collectors.toList())));

    private EventChain() {}

    static void check(Row row, List<Event> own, List<Violation> found) {
        InstanceState state = null;
        for (Event event : own) {
            if (event.from() != state) {
                found.add(illegal("event %d of instance %d leaves %s, but it was %s"
                        .formatted(event.id(), row.id(), event.from(), state)));
            }
            if (event.from() == null ? !event.cause().equals(BORN) : !allowed(event.from(), event)) {
                found.add(illegal("event %d of instance %d: %s leads from %s to %s"
                        .formatted(event.id(), row.id(), event.cause(), event.from(), event.to())));
            }
            state = event.to();
        }
        if (state != row.state()) {
            found.add(illegal("instance %d is %s, but its last event says %s".formatted(row.id(), row.state(), state)));
        }
    }

    private static boolean allowed(InstanceState from, Event event) {
        if (event.cause().equals(MISSED)) {
            return from == event.to();
        }
        return BY_NAME.getOrDefault(event.cause(), List.of()).stream().anyMatch(e -> leads(from, e, event.to()));
    }

    private static boolean leads(InstanceState from, InstanceEvent event, InstanceState to) {
        try {
            return InstanceTransition.next(from, event).to() == to;
        } catch (IllegalTransitionException e) {
            return false;
        }
    }

    private static Violation illegal(String sentence) {
        return new Violation("LEGAL", sentence);
    }
}
