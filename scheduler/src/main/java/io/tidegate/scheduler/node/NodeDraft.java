package io.tidegate.scheduler.node;

import java.time.Instant;

/**
 * What is being edited.
 *
 * @param revision rises with each save
 * @param updatedBy the name of the user who saved last
 */
public record NodeDraft(NodeId nodeId, NodeDocument document, long revision, String updatedBy, Instant updatedAt) {}
