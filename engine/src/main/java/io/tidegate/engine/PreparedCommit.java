package io.tidegate.engine;

import io.tidegate.engine.receipt.Receipt;
import java.util.List;

/**
 * A commit that is about to be sent, kept so that a later attempt can settle its fate.
 *
 * @param uploadId the Tunnel upload session
 * @param blocks the block ids that the commit names, ascending
 * @param receipt the receipt that holds once the commit succeeded
 */
public record PreparedCommit(String uploadId, List<Long> blocks, Receipt receipt) {
    public PreparedCommit {
        blocks = List.copyOf(blocks);
    }
}
