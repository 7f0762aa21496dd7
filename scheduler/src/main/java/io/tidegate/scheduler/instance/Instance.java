package io.tidegate.scheduler.instance;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node at one scheduled time.
 *
 * @param workflow null for the root node
 * @param nodeVersion the version it was generated with and runs; 0 for a draft as it was when it was run
 * @param originKey the backfill's id, the number of the run by hand; empty for CYCLE
 * @param scheduledLocal the scheduled time on the wall clock of {@code zone}, as the schedule names it, also
 *     where the clocks skip it
 * @param businessDate the day before the scheduled local date
 * @param frozen waits until somebody unfreezes it
 * @param dryRun becomes SUCCESS at its time without running
 * @param dryRunReason why; null when it is no dry run
 * @param priority 1 to 8, larger first
 * @param parameters resolved when it was generated
 * @param attemptCount attempts ever made
 * @param eligibleAt earliest start
 * @param stopAskedAt when somebody asked the running attempt to stop
 */
public record Instance(
        InstanceId id,
        Environment environment,
        String workspace,
        NodeId nodeId,
        String nodeName,
        NodeType nodeType,
        @Nullable String workflow,
        int nodeVersion,
        Origin origin,
        String originKey,
        Instant scheduledTime,
        LocalDateTime scheduledLocal,
        ZoneId zone,
        LocalDate businessDate,
        InstanceState state,
        boolean frozen,
        boolean dryRun,
        @Nullable DryRunReason dryRunReason,
        int priority,
        String resourceGroup,
        Map<String, String> parameters,
        int attemptCount,
        int autoRerunsLeft,
        Instant eligibleAt,
        @Nullable Instant stopAskedAt,
        long stateVersion,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
