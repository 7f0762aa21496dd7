package io.tidegate.scheduler.instance;

import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt;
import java.time.Instant;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One try of an instance.
 *
 * @param number from 1, over all reruns
 * @param generation which manual rerun it belongs to, from 1; plans are handed on within one generation only, prepared commits until they
 *     are settled
 * @param message what happened and what comes next, in the user's words; null while it runs and when it succeeded
 * @param failureKind an engine FailureKind or TIMEOUT; null unless it failed
 */
public record Attempt(
        AttemptId id,
        InstanceId instanceId,
        int number,
        int generation,
        long epoch,
        String worker,
        AttemptState state,
        Instant leaseUntil,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String message,
        @Nullable String failureKind,
        @Json @Nullable Progress progress,
        @Json @Nullable OffsetPlan plan,
        @Json @Nullable PreparedCommit prepared,
        @Json @Nullable Receipt receipt,
        long recordsRead,
        long recordsWritten,
        long recordsFiltered,
        long recordsDirty) {}
