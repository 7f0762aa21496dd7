package io.tidegate.scheduler.instance;

import io.tidegate.engine.receipt.Receipt;
import io.tidegate.scheduler.readiness.ReadinessFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance with all that is known of it, its log apart.
 *
 * @param readiness why it is not running and what would make it run; null when it is over
 * @param freeze by whom it is frozen, since when and why; null when it is not
 * @param operations every operation with the sentence that refuses it, or null where it is allowed
 * @param parents what it waits or waited for, at most 1,000
 * @param children what waits for it, at most 1,000
 * @param attempts newest first
 * @param events oldest first
 * @param receipt of the newest success; null when there is none
 */
public record InstanceDetail(
        Instance instance,
        @Nullable String readiness,
        ReadinessFacts.@Nullable Freeze freeze,
        Map<InstanceOperation, @Nullable String> operations,
        List<Relative> parents,
        List<Relative> children,
        List<Attempt> attempts,
        List<InstanceHistory> events,
        @Nullable Receipt receipt) {
    public InstanceDetail {
        parents = List.copyOf(parents);
        children = List.copyOf(children);
        attempts = List.copyOf(attempts);
        events = List.copyOf(events);
    }
}
