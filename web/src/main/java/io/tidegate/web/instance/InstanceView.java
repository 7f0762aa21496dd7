package io.tidegate.web.instance;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.instance.DryRunReason;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An instance as lists show it.
 *
 * @param nodeVersion null for a draft
 * @param readiness why it is not running and what would make it run; null when it is over
 * @param lateMissing how many records that were found late its window lacks
 */
record InstanceView(
        InstanceId id,
        Environment environment,
        String workspace,
        NodeId nodeId,
        String nodeName,
        NodeType nodeType,
        @Nullable String workflow,
        @Nullable Integer nodeVersion,
        Origin origin,
        String originKey,
        Instant scheduledTime,
        LocalDateTime scheduledLocal,
        ZoneId timeZone,
        LocalDate businessDate,
        InstanceState state,
        boolean frozen,
        boolean dryRun,
        @Nullable DryRunReason dryRunReason,
        int priority,
        String resourceGroup,
        int attemptCount,
        int autoRerunsLeft,
        Instant eligibleAt,
        @Nullable Instant stopAskedAt,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long lateMissing,
        @Nullable String readiness) {

    static InstanceView of(Instance instance, long lateMissing, @Nullable String readiness) {
        return new InstanceView(
                instance.id(),
                instance.environment(),
                instance.workspace(),
                instance.nodeId(),
                instance.nodeName(),
                instance.nodeType(),
                instance.workflow(),
                instance.nodeVersion() == 0 ? null : instance.nodeVersion(),
                instance.origin(),
                instance.originKey(),
                instance.scheduledTime(),
                instance.scheduledLocal(),
                instance.zone(),
                instance.businessDate(),
                instance.state(),
                instance.frozen(),
                instance.dryRun(),
                instance.dryRunReason(),
                instance.priority(),
                instance.resourceGroup(),
                instance.attemptCount(),
                instance.autoRerunsLeft(),
                instance.eligibleAt(),
                instance.stopAskedAt(),
                instance.createdAt(),
                instance.startedAt(),
                instance.finishedAt(),
                lateMissing,
                readiness);
    }
}
