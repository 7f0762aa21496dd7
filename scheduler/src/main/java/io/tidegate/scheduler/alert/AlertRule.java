package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule: what is worth an alert, and to whom it goes.
 *
 * @param zone the workspace's, in which times of day are meant
 * @param quietHours null for none
 */
public record AlertRule(
        AlertRuleId id,
        WorkspaceId workspaceId,
        String workspace,
        ZoneId zone,
        String name,
        boolean enabled,
        Environment environment,
        AlertScope scope,
        List<Origin> origins,
        AlertCondition condition,
        List<AlertChannelId> channels,
        AlertLimits limits,
        @Nullable QuietHours quietHours,
        Instant createdAt,
        Instant updatedAt) {
    public AlertRule {
        origins = List.copyOf(origins);
        channels = List.copyOf(channels);
    }

    boolean isAbout(long node, @Nullable Long workflow, Origin origin) {
        return origins.contains(origin) && scope.holds(node, workflow);
    }
}
