package io.tidegate.web.alert;

import io.javalin.http.Context;
import io.tidegate.scheduler.alert.AlertCondition;
import io.tidegate.scheduler.alert.AlertLimits;
import io.tidegate.scheduler.alert.AlertRule;
import io.tidegate.scheduler.alert.AlertRuleId;
import io.tidegate.scheduler.alert.AlertRules;
import io.tidegate.scheduler.alert.AlertScope;
import io.tidegate.scheduler.alert.NewAlertRule;
import io.tidegate.scheduler.alert.QuietHours;
import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is worth an alert. */
public final class AlertRuleResource {
    private final Workspaces workspaces;
    private final AlertRules rules;
    private final RequestBody body;

    /** What is left out is PROD, every node, cycle instances, twenty messages an hour and no quiet hours. */
    record RuleForm(
            String name,
            @Nullable Boolean enabled,
            @Nullable Environment environment,
            @Nullable AlertScope scope,
            @Nullable List<Origin> origins,
            AlertCondition condition,
            List<Long> channelIds,
            @Nullable AlertLimits limits,
            @Nullable QuietHours quietHours) {
        NewAlertRule rule() {
            return new NewAlertRule(
                    name,
                    Objects.requireNonNullElse(enabled, true),
                    Objects.requireNonNullElse(environment, Environment.PROD),
                    Objects.requireNonNullElseGet(scope, AlertScope.All::new),
                    Objects.requireNonNullElse(origins, List.of(Origin.CYCLE)),
                    condition,
                    channelIds.stream().map(AlertChannelId::new).toList(),
                    Objects.requireNonNullElse(limits, AlertLimits.DEFAULT),
                    quietHours);
        }
    }

    record RuleAnswer(
            AlertRuleId id,
            String name,
            boolean enabled,
            Environment environment,
            AlertScope scope,
            List<Origin> origins,
            AlertCondition condition,
            List<AlertChannelId> channelIds,
            AlertLimits limits,
            @Nullable QuietHours quietHours,
            Instant createdAt,
            Instant updatedAt) {
        static RuleAnswer of(AlertRule rule) {
            return new RuleAnswer(
                    rule.id(),
                    rule.name(),
                    rule.enabled(),
                    rule.environment(),
                    rule.scope(),
                    rule.origins(),
                    rule.condition(),
                    rule.channels(),
                    rule.limits(),
                    rule.quietHours(),
                    rule.createdAt(),
                    rule.updatedAt());
        }
    }

    public AlertRuleResource(Workspaces workspaces, AlertRules rules, RequestBody body) {
        this.workspaces = workspaces;
        this.rules = rules;
        this.body = body;
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(rules.list(workspace(ctx)), RuleAnswer::of));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        NewAlertRule wanted = body.read(ctx, RuleForm.class).rule();
        ctx.status(201).json(RuleAnswer.of(rules.create(workspace, wanted, Caller.id(ctx))));
    }

    public void get(Context ctx) {
        ctx.json(RuleAnswer.of(rules.get(id(ctx))));
    }

    public void update(Context ctx) {
        AlertRuleId id = rules.get(id(ctx)).id();
        ctx.json(RuleAnswer.of(rules.update(id, body.read(ctx, RuleForm.class).rule(), Caller.id(ctx))));
    }

    public void delete(Context ctx) {
        rules.delete(id(ctx), Caller.id(ctx));
        ctx.status(204);
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }

    private static AlertRuleId id(Context ctx) {
        return new AlertRuleId(RequestParameters.of(ctx).id("alert rule"));
    }
}
