package io.tidegate.web.instance;

import io.tidegate.engine.Progress;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.scheduler.instance.Attempt;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt as the API shows it: without its lease, its epoch and what it was about to commit. */
record AttemptView(
        AttemptId id,
        InstanceId instanceId,
        int number,
        String worker,
        AttemptState state,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String message,
        @Nullable String failureKind,
        @Nullable Progress progress,
        @Nullable OffsetPlan plan,
        @Nullable Receipt receipt,
        long recordsRead,
        long recordsWritten,
        long recordsFiltered,
        long recordsDirty) {

    static AttemptView of(Attempt attempt) {
        return new AttemptView(
                attempt.id(),
                attempt.instanceId(),
                attempt.number(),
                attempt.worker(),
                attempt.state(),
                attempt.startedAt(),
                attempt.finishedAt(),
                attempt.message(),
                attempt.failureKind(),
                attempt.progress(),
                attempt.plan(),
                attempt.receipt(),
                attempt.recordsRead(),
                attempt.recordsWritten(),
                attempt.recordsFiltered(),
                attempt.recordsDirty());
    }
}
