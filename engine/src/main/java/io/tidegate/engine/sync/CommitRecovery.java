package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a commit that an earlier attempt had prepared. When it returns, that commit is made or can never
 * be made: an attempt that was given up, but is still alive somewhere, may have it on its way, and whoever copied while the
 * session is open would be overtaken by it.
 */
final class CommitRecovery {
    private final UploadTarget target;
    private final List<DestinationColumn> columns;
    private final CancellableCalls calls;
    private final SyncLog log;
    private final InstantSource clock;

    CommitRecovery(
            UploadTarget target,
            List<DestinationColumn> columns,
            CancellableCalls calls,
            SyncLog log,
            InstantSource clock) {
        this.target = target;
        this.columns = columns;
        this.calls = calls;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param rerunAsked whether a user asked for this run after the commit was prepared
     * @return the receipt when the rows are visible and nothing is left to do; null when a copy must be made
     * @throws EngineFailure when neither can be known, or not yet; then nothing may be copied
     */
    @Nullable Receipt settle(PreparedCommit prepared, boolean rerunAsked) throws EngineFailure, StoppedException {
        if (!isForTarget(prepared.receipt())) {
            log.warn(
                    "An earlier attempt had prepared a commit to %s, partition %s, which is not what this one fills; it is left alone."
                            .formatted(
                                    prepared.receipt().table(),
                                    prepared.receipt().tablePartition()));
            return null;
        }
        log.info(
                "An earlier attempt had prepared the commit of upload session %s; asking the service what became of it."
                        .formatted(prepared.uploadId()));
        if (commitAgain(prepared) == Settled.COMMITTED) {
            return committed(prepared.receipt().finishedAt(clock.instant()), rerunAsked);
        }
        if (target.mode() == WriteMode.OVERWRITE) {
            log.warn("The upload session is gone. Copying again: the partition is replaced, so nothing is doubled.");
            return null;
        }
        return decideByCount(prepared);
    }

    private boolean isForTarget(Receipt receipt) {
        return receipt.table().equals(target.tableName())
                && Objects.equals(receipt.tablePartition(), target.partition());
    }

    private @Nullable Receipt committed(Receipt receipt, boolean rerunAsked) {
        log.committed(receipt);
        if (!rerunAsked) {
            return receipt;
        }
        if (target.mode() == WriteMode.OVERWRITE) {
            log.info("That was the run before. Copying again, as was asked: the partition is replaced.");
            return null;
        }
        log.warn("That was the run before: its rows are in the table now, so this rerun adds none. Rerun the instance"
                + " once more to add them a second time.");
        return receipt;
    }

    /** By committing it, if it is open: then it is closed for everybody else. */
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
        try {
            return calls.commit(session, prepared.blocks());
        } catch (EngineFailure failure) {
            if (failure.kind() != FailureKind.COUNT_MISMATCH) {
                throw failure;
            }
            // Leaving it open and copying to another session would be overtaken by a commit that is still on its way.
            log.warn(failure.userMessage() + " Emptying the blocks that do not belong to the commit, and committing.");
            return calls.commit(session, withoutOthers(session, prepared.blocks()));
        }
    }

    private List<Long> withoutOthers(UploadSession session, List<Long> blocks) throws EngineFailure, StoppedException {
        try {
            return calls.await(() -> session.blankAllBut(blocks, columns));
        } catch (EngineFailure failure) {
            // It may have been closed this moment, which the next attempt will see.
            throw EngineFailure.passing(failure.kind(), failure.userMessage(), failure);
        }
    }

    /** Rows that are not there were never committed. Rows that are there may be others. */
    private @Nullable Receipt decideByCount(PreparedCommit prepared) throws EngineFailure, StoppedException {
        long written = prepared.receipt().written();
        long present = calls.await(() -> target.catalog().count(target.table(), target.partition()));
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
                FailureKind.COMMIT_UNKNOWN,
                "Upload session %s is gone, and %s holds %d rows: whether the %d rows of the earlier attempt are among them cannot be told. Look whether offsets %s are there. If so, set the instance to success; if not, rerun it by hand, which copies them."
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
