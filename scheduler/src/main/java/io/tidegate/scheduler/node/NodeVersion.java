package io.tidegate.scheduler.node;

import java.time.Instant;

/**
 * What a commit made of a draft; never changes.
 *
 * @param version 1, 2, 3 … of its node
 * @param committedBy the name of the user
 */
public record NodeVersion(
        NodeVersionId id,
        NodeId nodeId,
        int version,
        NodeDocument document,
        String note,
        String committedBy,
        Instant committedAt) {}
