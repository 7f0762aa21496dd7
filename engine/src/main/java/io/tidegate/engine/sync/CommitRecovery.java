package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Finds out what became of a commit that an earlier attempt had prepared. */
final class CommitRecovery {
    private final UploadTarget target;
    private final CancellableCalls calls;
    private final SyncLog log;
    private final InstantSource clock;

    CommitRecovery(UploadTarget target, CancellableCalls calls, SyncLog log, InstantSource clock) {
        this.target = target;
        this.calls = calls;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @return the receipt when the rows are visible; null when the copy must be made again
     * @throws EngineFailure when neither can be known
     */
    @Nullable Receipt settle(PreparedCommit prepared) throws EngineFailure, StoppedException {
        log.info(
                "An earlier attempt had prepared the commit of upload session %s; asking the service what became of it."
                        .formatted(prepared.uploadId()));
        Settled settled;
        try {
            settled = commitAgain(prepared);
        } catch (EngineFailure failure) {
            if (failure.kind() != FailureKind.COUNT_MISMATCH) {
                throw failure;
            }
            // The session is open and was not committed; with these blocks it never will be.
            log.warn(failure.userMessage() + " Leaving that session alone and copying again.");
            return null;
        }
        if (settled == Settled.COMMITTED) {
            Receipt receipt = prepared.receipt().finishedAt(clock.instant());
            log.committed(receipt);
            return receipt;
        }
        if (target.mode() == WriteMode.OVERWRITE) {
            log.warn("The upload session is gone. Copying again: the partition is replaced, so nothing is doubled.");
            return null;
        }
        return decideByCount(prepared);
    }

    private Settled commitAgain(PreparedCommit prepared) throws EngineFailure, StoppedException {
        UploadSession session;
        try {
            session = calls.await(() -> UploadSession.attach(target, prepared.uploadId()));
        } catch (EngineFailure failure) {
            if (failure.kind() == FailureKind.MISSING_OBJECT) {
                return Settled.GONE;
            }
            throw failure;
        }
        return calls.commit(session, prepared.blocks());
    }

    /** Rows that are not there were never committed. Rows that are there may be others. */
    private @Nullable Receipt decideByCount(PreparedCommit prepared) throws EngineFailure, StoppedException {
        long written = prepared.receipt().written();
        long present =
                calls.await(() -> target.catalog().count(target.table(), target.partition()));
        if (present < written) {
            log.warn(
                    "The upload session is gone, and %s holds %d rows, fewer than the %d of the commit: it was never made. Copying again."
                            .formatted(target.name(), present, written));
            return null;
        }
        if (written == 0) {
            return prepared.receipt().finishedAt(clock.instant());
        }
        throw EngineFailure.lasting(
                FailureKind.TRANSFER,
                "Upload session %s is gone, and %s holds %d rows: whether the %d rows of the earlier attempt are among them cannot be told. Look whether offsets %s are there. If so, set the instance to success; if not, rerun it."
                        .formatted(
                                prepared.uploadId(),
                                target.name(),
                                present,
                                written,
                                prepared.receipt().partitions().stream()
                                        .filter(p -> p.written() > 0)
                                        .findFirst()
                                        .map(p -> "%d to %d of partition %d"
                                                .formatted(p.begin(), p.end() - 1, p.partition()))
                                        .orElse("of the plan")));
    }
}
