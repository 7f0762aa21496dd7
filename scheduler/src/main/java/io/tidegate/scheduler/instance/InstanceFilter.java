package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a workspace to list.
 *
 * @param states empty for all
 * @param node null for all
 * @param origin null for all
 * @param originKey null for all
 * @param from first scheduled time, included; null for no bound
 * @param to first scheduled time that is left out; null for no bound
 */
public record InstanceFilter(
        Environment environment,
        Set<InstanceState> states,
        @Nullable NodeId node,
        @Nullable Origin origin,
        @Nullable String originKey,
        @Nullable Instant from,
        @Nullable Instant to) {
    public InstanceFilter {
        states = Set.copyOf(states);
    }

    public static InstanceFilter all(Environment environment) {
        return new InstanceFilter(environment, Set.of(), null, null, null, null, null);
    }
}
