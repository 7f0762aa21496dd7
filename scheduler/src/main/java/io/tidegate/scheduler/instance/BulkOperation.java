package io.tidegate.scheduler.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation asked of many instances.
 *
 * @param priority for {@link InstanceOperation#CHANGE_PRIORITY}; else null
 * @param withDeployedVersion for {@link InstanceOperation#RERUN}: as {@link RerunOptions} says
 * @param reason the user's words, at most 500 characters; may be empty
 */
public record BulkOperation(
        InstanceOperation operation,
        List<InstanceId> ids,
        @Nullable Integer priority,
        boolean withDeployedVersion,
        String reason) {
    public BulkOperation {
        ids = List.copyOf(ids);
    }

    /**
     * What became of one of them.
     *
     * @param refusal why it was not done; null when it was
     */
    public record Result(InstanceId id, @Nullable String refusal) {}
}
