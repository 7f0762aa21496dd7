package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it may be shown.
 *
 * @param failingSince since when nothing got through; null while all is well
 * @param failures tries that failed in a row
 * @param lastFailure what the last of them ended with; null while all is well
 */
public record AlertChannel(
        AlertChannelId id,
        WorkspaceId workspaceId,
        String name,
        ChannelType type,
        ChannelView config,
        @Nullable Instant failingSince,
        int failures,
        @Nullable String lastFailure,
        Instant createdAt,
        Instant updatedAt) {}
