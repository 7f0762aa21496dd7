package io.tidegate.web.backfill;

import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillEvent;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.backfill.OnFailure;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A backfill, and how far it is. */
record BackfillView(
        BackfillId id,
        String workspace,
        String name,
        List<Backfill.BackfilledNode> nodes,
        LocalDateTime from,
        LocalDateTime to,
        ZoneId timeZone,
        String createdBy,
        Instant createdAt,
        BackfillState state,
        @Nullable String stateBy,
        @Nullable Instant stateAt,
        String stateReason,
        int groups,
        NewBackfill.Order order,
        OnFailure onFailure,
        @Nullable Asked asked,
        Backfill.DateCounts dates,
        int total,
        Map<InstanceState, Integer> counts,
        Backfill.Progress progress,
        List<Operation> operations) {

    /** What was asked for, besides what is told of the backfill itself. */
    record Asked(
            @Nullable String requestId,
            NewBackfill.NodeChoice.Kind select,
            List<NodeId> excludedNodeIds,
            List<NewBackfill.DateRange> ranges,
            NewBackfill.@Nullable HourRange hours,
            NewBackfill.Which which,
            NewBackfill.Future future,
            List<BackfillForm.ParameterForm> parameters) {
        static Asked of(NewBackfill request) {
            return new Asked(
                    request.requestId(),
                    request.nodes().kind(),
                    request.nodes().excluded(),
                    request.dates(),
                    request.hours(),
                    request.which(),
                    request.future(),
                    request.parameters().stream()
                            .map(p -> new BackfillForm.ParameterForm(p.node().value(), p.name(), p.expression()))
                            .toList());
        }
    }

    /** @param refusal why it cannot be done now; null when it can */
    record Operation(BackfillEvent operation, @Nullable String refusal) {}

    static BackfillView of(Backfill backfill) {
        Backfill.Standing standing = backfill.standing();
        Map<BackfillEvent, @Nullable String> operations = BackfillActions.operations(standing.state());
        return new BackfillView(
                backfill.id(),
                backfill.workspace(),
                backfill.name(),
                backfill.nodes(),
                backfill.from(),
                backfill.to(),
                backfill.zone(),
                backfill.createdBy(),
                backfill.createdAt(),
                standing.state(),
                standing.by(),
                standing.at(),
                standing.reason(),
                backfill.groups(),
                backfill.descending() ? NewBackfill.Order.DESCENDING : NewBackfill.Order.ASCENDING,
                backfill.onFailure(),
                backfill.request() == null ? null : Asked.of(backfill.request()),
                backfill.dates(),
                backfill.total(),
                backfill.counts(),
                backfill.progress(),
                BackfillActions.OPERATIONS.stream()
                        .map(operation -> new Operation(operation, operations.get(operation)))
                        .toList());
    }
}
