package io.tidegate.web.backfill;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.backfill.NewBackfill.DateRange;
import io.tidegate.scheduler.backfill.NewBackfill.HourRange;
import io.tidegate.scheduler.backfill.NewBackfill.NodeChoice;
import io.tidegate.scheduler.backfill.NewBackfill.ParameterOverride;
import io.tidegate.scheduler.backfill.NewBackfill.Rules;
import io.tidegate.scheduler.backfill.NewBackfill.TimeRange;
import io.tidegate.scheduler.backfill.OnFailure;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backfill as a request asks for it. What is left out is as {@link NewBackfill} has it when nothing is said. */
record BackfillForm(
        @Nullable String requestId,
        @Nullable String name,
        List<Long> nodeIds,
        NodeChoice.@Nullable Kind select,
        @Nullable List<Long> chainEndIds,
        @Nullable List<Long> excludedNodeIds,
        @Nullable List<DateRange> ranges,
        @Nullable LocalDateTime from,
        @Nullable LocalDateTime to,
        @Nullable HourRange hours,
        NewBackfill.@Nullable Which which,
        @Nullable Integer groups,
        NewBackfill.@Nullable Order order,
        @Nullable OnFailure onFailure,
        NewBackfill.@Nullable Future future,
        @Nullable List<ParameterForm> parameters) {

    record ParameterForm(long nodeId, String name, String expression) {}

    NewBackfill read() {
        return new NewBackfill(
                requestId,
                name,
                new NodeChoice(or(select, NodeChoice.Kind.LIST), ids(nodeIds), ids(chainEndIds), ids(excludedNodeIds)),
                or(ranges, List.of()),
                times(),
                hours,
                or(which, NewBackfill.Which.ALL),
                new Rules(
                        or(groups, Rules.DEFAULT.groups()),
                        or(order, Rules.DEFAULT.order()),
                        or(onFailure, Rules.DEFAULT.onFailure())),
                or(future, NewBackfill.Future.WAIT),
                or(parameters, List.<ParameterForm>of()).stream()
                        .map(p -> new ParameterOverride(new NodeId(p.nodeId()), p.name(), p.expression()))
                        .toList());
    }

    private @Nullable TimeRange times() {
        if (from == null && to == null) {
            return null;
        }
        if (from == null || to == null) {
            throw InvalidInputException.of(
                    from == null ? "/from" : "/to",
                    "A range of scheduled times has two ends.",
                    "Give both from and to, or ranges of business dates.");
        }
        return new TimeRange(from, to);
    }

    private static List<NodeId> ids(@Nullable List<Long> values) {
        return or(values, List.<Long>of()).stream().map(NodeId::new).toList();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
