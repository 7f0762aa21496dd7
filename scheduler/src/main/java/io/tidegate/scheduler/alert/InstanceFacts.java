package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What an alert tells of an instance and one of its attempts.
 *
 * @param workflowId null for a root node
 * @param attempt number; null when it is not about an attempt, as are all that follow
 * @param windowStart null when nothing is copied or the offsets were not planned yet
 * @param destination table, known once a commit was prepared
 */
public record InstanceFacts(
        long instanceId,
        long nodeId,
        String nodeName,
        String nodeType,
        @Nullable Long workflowId,
        @Nullable String workflow,
        Origin origin,
        LocalDateTime scheduledLocal,
        String zone,
        LocalDate businessDate,
        InstanceState state,
        @Nullable Integer attempt,
        @Nullable Instant attemptStartedAt,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        @Nullable String destination,
        @Nullable String tablePartition,
        @Nullable Boolean copied,
        @Nullable Long recordsRead,
        @Nullable Long recordsWritten,
        @Nullable Long recordsFiltered,
        @Nullable Long recordsDirty) {

    boolean hasReceipt() {
        return Boolean.TRUE.equals(copied);
    }

    long rows() {
        return recordsWritten == null ? 0 : recordsWritten;
    }
}
