package io.tidegate.scheduler.late;

import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Late records at offsets without a gap, within one minute.
 *
 * @param id of the ledger's row; newer ones are larger
 * @param lastOffset included
 * @param records how many
 * @param missing how many of them are not in their window; 0 unless the state is MISSING
 * @param policy of the node that found them
 * @param instanceId the newest copy of the window they belong to; null when there is none
 * @param foundBy the instance that found them; null when it was deleted
 * @param repairAskedAt when the window was run again because of them, by policy; null when it was not
 */
public record LateRecord(
        long id,
        NodeId nodeId,
        String nodeName,
        String topic,
        int partition,
        long firstOffset,
        long lastOffset,
        long records,
        long missing,
        Instant minTimestamp,
        Instant maxTimestamp,
        LatePolicy policy,
        LateState state,
        @Nullable InstanceId instanceId,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        @Nullable InstanceId foundBy,
        Instant foundAt,
        @Nullable Instant repairAskedAt) {}
