package io.tidegate.web.instance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceHistory;
import io.tidegate.scheduler.instance.InstanceOperation;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Relative;
import io.tidegate.scheduler.late.LateSummary;
import io.tidegate.scheduler.readiness.ReadinessFacts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance with all that is known of it, its log apart. Its own fields stand beside the others.
 *
 * @param parameters by name
 * @param freeze by whom it is frozen, since when and why; null when it is not
 * @param operations each with what refuses it now
 * @param late late records of its window; null when there are none
 */
record InstanceDetailView(
        @JsonUnwrapped InstanceView instance,
        List<ParameterView> parameters,
        ReadinessFacts.@Nullable Freeze freeze,
        List<OperationView> operations,
        List<AttemptView> attempts,
        List<EventView> events,
        @Nullable Receipt receipt,
        @Nullable LateSummary late,
        List<Relative> parents,
        List<Relative> children) {

    record ParameterView(String name, @Nullable String expression, String value) {}

    /** @param refusal why it cannot be done now; null when it can */
    record OperationView(
            InstanceOperation operation, @Nullable String refusal) {
        static List<OperationView> of(Map<InstanceOperation, @Nullable String> all) {
            return Arrays.stream(InstanceOperation.values())
                    .map(operation -> new OperationView(operation, all.get(operation)))
                    .toList();
        }
    }

    record EventView(
            long id,
            Instant at,
            @Nullable InstanceState fromState,
            InstanceState toState,
            String cause,
            String detail,
            String by) {
        static EventView of(InstanceHistory event) {
            return new EventView(
                    event.id(),
                    event.at(),
                    event.fromState(),
                    event.toState(),
                    event.cause(),
                    event.detail(),
                    event.actor());
        }
    }

    /** @param expressions what the parameters were written as, by name, in the version that the instance runs */
    static InstanceDetailView of(InstanceDetail detail, @Nullable LateSummary late, Map<String, String> expressions) {
        return new InstanceDetailView(
                InstanceView.of(detail.instance(), late == null ? 0 : late.missing(), detail.readiness()),
                new TreeMap<>(detail.instance().parameters())
                        .entrySet().stream()
                                .map(entry -> new ParameterView(
                                        entry.getKey(), expressions.get(entry.getKey()), entry.getValue()))
                                .toList(),
                detail.freeze(),
                OperationView.of(detail.operations()),
                detail.attempts().stream().map(AttemptView::of).toList(),
                detail.events().stream().map(EventView::of).toList(),
                detail.receipt(),
                late,
                detail.parents(),
                detail.children());
    }
}
