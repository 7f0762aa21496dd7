package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.RerunProperty;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** An instance that waits for another one, directly or through others, as a choice for a rerun of both. */
public record Descendant(
        InstanceId id,
        String nodeName,
        String workspace,
        LocalDateTime scheduledLocal,
        InstanceState state,
        boolean frozen,
        RerunProperty rerun) {

    /** Why it cannot be taken along; null when it can. */
    public @Nullable String refusal() {
        return OperationRules.refusalToSendBack(state, rerun);
    }
}
