package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.RaisingDao.EventFacts;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Raises alerts about what happened: failures, late records, counts of rows. The database notes such an event in the transaction
 * that writes it; here it is taken away in the transaction that raises what it is worth. So nothing is lost when a server dies in
 * between, and a unique key keeps two servers from raising the same.
 */
public final class RaiseEventAlerts {
    private static final int EVENTS_AT_ONCE = 500;
    private static final int ROUNDS_MAX = 20;

    private final Jdbi jdbi;
    private final AlertRaiser raiser;

    public RaiseEventAlerts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.raiser = new AlertRaiser(clock);
    }

    private record Place(WorkspaceId workspace, Environment environment) {}

    private record Round(int events, int raised) {}

    /** @return how many alerts were raised */
    public int tick() {
        int raised = 0;
        for (int i = 0; i < ROUNDS_MAX; i++) {
            Round round = jdbi.inTransaction(this::round);
            raised += round.raised();
            if (round.events() < EVENTS_AT_ONCE) {
                break;
            }
        }
        return raised;
    }

    private Round round(Handle handle) {
        RaisingDao dao = handle.attach(RaisingDao.class);
        long[] ids = dao.takeEvents(EVENTS_AT_ONCE).stream().mapToLong(id -> id).toArray();
        if (ids.length == 0) {
            return new Round(0, 0);
        }
        Map<Place, List<EventFacts>> byPlace = dao.events(ids).stream()
                .collect(Collectors.groupingBy(e -> new Place(e.workspaceId(), e.environment())));
        // Rules are locked in the order of their ids, whoever locks them.
        List<AlertRuleId> rules = byPlace.keySet().stream()
                .flatMap(p -> dao.rulesAboutEvents(p.workspace(), p.environment()).stream())
                .sorted((a, b) -> Long.compare(a.value(), b.value()))
                .toList();
        int raised = 0;
        for (AlertRuleId id : rules) {
            raised += raise(handle, id, byPlace);
        }
        return new Round(ids.length, raised);
    }

    private int raise(Handle handle, AlertRuleId id, Map<Place, List<EventFacts>> byPlace) {
        AlertRuleDao rules = handle.attach(AlertRuleDao.class);
        AlertRule seen = rules.find(id).map(AlertRuleDao.Row::rule).orElse(null);
        if (seen == null) {
            return 0;
        }
        List<EventFacts> events =
                Objects.requireNonNullElse(byPlace.get(new Place(seen.workspaceId(), seen.environment())), List.of());
        // Most events concern few rules; only those are locked.
        if (alerts(seen, events).isEmpty()) {
            return 0;
        }
        AlertRule rule = rules.findAndLock(id).map(AlertRuleDao.Row::rule).orElse(null);
        if (rule == null || !rule.enabled() || rule.environment() != seen.environment()) {
            return 0;
        }
        return raiser.raise(handle, rule, alerts(rule, events));
    }

    private static List<NewAlert> alerts(AlertRule rule, List<EventFacts> events) {
        List<NewAlert> alerts = new ArrayList<>();
        for (EventFacts event : events) {
            InstanceFacts instance = event.instance();
            if (instance.attempt() != null
                    && rule.isAbout(instance.nodeId(), instance.workflowId(), instance.origin())) {
                words(rule, event).ifPresent(words -> alerts.add(NewAlert.ofAttempt(rule.limits(), instance, words)));
            }
        }
        return alerts;
    }

    private static Optional<NewAlert.AlertWords> words(AlertRule rule, EventFacts event) {
        AlertText text = new AlertText(rule);
        boolean succeeded = event.cause().equals("AttemptSucceeded");
        AlertCondition condition = rule.condition();
        return switch (condition.kind()) {
            case FAILED -> succeeded ? Optional.empty() : Optional.of(text.failed(event));
            case FAILED_AFTER_RERUNS ->
                !succeeded && Boolean.TRUE.equals(event.isFinal()) ? Optional.of(text.failed(event)) : Optional.empty();
            case LATE_DATA ->
                succeeded
                                && event.lateRecords() > 0
                                && ((AlertCondition.LateData) condition).worthIt(event.lateRecords())
                        ? Optional.of(text.late(event))
                        : Optional.empty();
            case ROWS_OUTSIDE -> {
                AlertCondition.RowsOutside range = (AlertCondition.RowsOutside) condition;
                yield succeeded
                                && event.instance().hasReceipt()
                                && range.isOutside(event.instance().rows())
                        ? Optional.of(text.rowsOutside(event, range))
                        : Optional.empty();
            }
            case NOT_FINISHED_BY, RUNNING_LONGER -> Optional.empty();
        };
    }
}
