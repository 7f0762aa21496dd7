package io.tidegate.engine;

import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit that is about to be sent, kept so that a later attempt can settle its fate.
 *
 * @param uploadId the Tunnel upload session
 * @param blocks the block ids that the commit names, ascending
 * @param receipt the receipt that holds once the commit succeeded
 * @param late late records that the copy found, for the ledger
 */
public record PreparedCommit(String uploadId, List<Long> blocks, Receipt receipt, List<LateRun> late) {
    // Null only in JSON that was stored before the ledger was.
    public PreparedCommit(String uploadId, List<Long> blocks, Receipt receipt, @Nullable List<LateRun> late) {
        this.uploadId = uploadId;
        this.blocks = List.copyOf(blocks);
        this.receipt = receipt;
        this.late = late == null ? List.of() : List.copyOf(late);
    }

    /** A commit of a copy that found nothing late. */
    public PreparedCommit(String uploadId, List<Long> blocks, Receipt receipt) {
        this(uploadId, blocks, receipt, List.of());
    }
}
