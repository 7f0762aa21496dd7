package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are asked for.
 *
 * @param kind null for all, as for the others
 * @param openOnly only those that nobody has acknowledged
 */
public record AlertFilter(
        Environment environment,
        @Nullable AlertKind kind,
        @Nullable AlertRuleId rule,
        @Nullable NodeId node,
        @Nullable Long instance,
        boolean openOnly) {}
