package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.Message.Detail;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was raised.
 *
 * @param ruleId null when the rule was deleted
 * @param instanceId null when the instance was never planned
 * @param attempt number; null when it is not about one attempt
 * @param deliveries how many messages tell of it
 * @param delivered how many of them got through
 * @param acknowledgedAt null while nobody has said that they have seen it
 */
public record Alert(
        AlertId id,
        @Nullable AlertRuleId ruleId,
        String ruleName,
        AlertKind kind,
        Environment environment,
        long nodeId,
        String nodeName,
        @Nullable Long instanceId,
        @Nullable Integer attempt,
        Instant raisedAt,
        String title,
        String why,
        @Json List<Detail> details,
        int deliveries,
        int delivered,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy) {
    public Alert {
        details = List.copyOf(details);
    }
}
