package io.tidegate.app.history;

import io.tidegate.app.history.History.Event;
import io.tidegate.app.history.History.Try;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** I3: who holds an instance, and who ended it. */
final class AttemptChecks {
    /** How an attempt stands when its instance leaves RUNNING by an event; a stop may find its worker dead. */
    private static final Map<String, Set<AttemptState>> ENDS = Map.of(
            "AttemptSucceeded", Set.of(AttemptState.SUCCEEDED),
            "AttemptFailed", Set.of(AttemptState.FAILED),
            "AttemptLost", Set.of(AttemptState.LOST),
            "StopAsked", Set.of(AttemptState.STOPPED, AttemptState.LOST));

    private AttemptChecks() {}

    static void check(History history, Map<Long, List<Event>> events, List<Violation> found) {
        Map<Long, List<Try>> attempts = history.attempts().stream()
                .sorted(Comparator.comparingInt(Try::number))
                .collect(Collectors.groupingBy(Try::instance));
        for (History.Row row : history.instances()) {
            List<Try> own = attempts.getOrDefault(row.id(), List.of());
            epochsRise(own, found);
            oneForEachClaim(row.id(), own, events.getOrDefault(row.id(), List.of()), found);
            long running =
                    own.stream().filter(a -> a.state() == AttemptState.RUNNING).count();
            if (running != (row.state() == InstanceState.RUNNING ? 1 : 0)) {
                found.add(violation(
                        "instance %d is %s with %d running attempts".formatted(row.id(), row.state(), running)));
            }
        }
    }

    private static void epochsRise(List<Try> own, List<Violation> found) {
        for (int i = 1; i < own.size(); i++) {
            Try before = own.get(i - 1);
            Try after = own.get(i);
            if (after.epoch() <= before.epoch() || after.generation() < before.generation()) {
                found.add(violation(after + " comes after " + before));
            }
            if (before.state() == AttemptState.SUCCEEDED && after.generation() == before.generation()) {
                found.add(violation(before + " succeeded, and still " + after + " was made"));
            }
        }
    }

    private static void oneForEachClaim(long instance, List<Try> own, List<Event> events, List<Violation> found) {
        Map<Long, Try> byEpoch = own.stream().collect(Collectors.toMap(Try::epoch, a -> a, (a, b) -> a));
        Long holder = null;
        int claims = 0;
        for (Event event : events) {
            if (event.to() == InstanceState.RUNNING && event.from() != InstanceState.RUNNING) {
                claims++;
                holder = event.epoch();
                if (!byEpoch.containsKey(holder)) {
                    found.add(violation("event %d of instance %d claims under epoch %d, which no attempt has"
                            .formatted(event.id(), instance, holder)));
                }
            } else if (event.from() == InstanceState.RUNNING && event.to() != InstanceState.RUNNING) {
                Try ended = byEpoch.get(event.epoch());
                boolean stale = holder == null || holder != event.epoch();
                if (stale
                        || ended == null
                        || !ENDS.getOrDefault(event.cause(), Set.of()).contains(ended.state())) {
                    found.add(violation("event %d of instance %d: %s under epoch %d, held by %s, attempt %s"
                            .formatted(event.id(), instance, event.cause(), event.epoch(), holder, ended)));
                }
                holder = null;
            }
        }
        if (claims != own.size()) {
            found.add(violation(
                    "instance %d was claimed %d times and has %d attempts".formatted(instance, claims, own.size())));
        }
    }

    private static Violation violation(String sentence) {
        return new Violation("I3", sentence);
    }
}
