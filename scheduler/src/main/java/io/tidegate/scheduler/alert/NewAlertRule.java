package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.workspace.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as a user wants it.
 *
 * @param enabled whether it raises alerts; one that is not forgets what happens meanwhile
 * @param channels where its alerts go; none for a rule whose alerts are only listed
 * @param quietHours in the workspace's zone; null for none
 */
public record NewAlertRule(
        String name,
        boolean enabled,
        Environment environment,
        AlertScope scope,
        List<Origin> origins,
        AlertCondition condition,
        List<AlertChannelId> channels,
        AlertLimits limits,
        @Nullable QuietHours quietHours) {
    public NewAlertRule {
        origins = List.copyOf(origins);
        channels = channels.stream().distinct().toList();
    }
}
