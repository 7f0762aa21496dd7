package io.tidegate.web.alert;

import io.javalin.http.Context;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertDelivery;
import io.tidegate.scheduler.alert.AlertFilter;
import io.tidegate.scheduler.alert.AlertId;
import io.tidegate.scheduler.alert.AlertKind;
import io.tidegate.scheduler.alert.AlertPage;
import io.tidegate.scheduler.alert.AlertRuleId;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestParameters;
import java.util.function.UnaryOperator;

/** The alerts that were raised. */
public final class AlertResource {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 500;

    private final Workspaces workspaces;
    private final Alerts alerts;

    public AlertResource(Workspaces workspaces, Alerts alerts) {
        this.workspaces = workspaces;
        this.alerts = alerts;
    }

    public void list(Context ctx) {
        WorkspaceId workspace = workspaces.get(ctx.pathParam("workspace")).id();
        RequestParameters query = RequestParameters.of(ctx)
                .only("environment", "kind", "rule", "node", "instance", "open", "cursor", "limit");
        AlertFilter filter = new AlertFilter(
                query.one("environment", Environment.class).orElse(Environment.PROD),
                query.one("kind", AlertKind.class).orElse(null),
                query.number("rule").map(AlertRuleId::new).orElse(null),
                query.number("node").map(NodeId::new).orElse(null),
                query.number("instance").orElse(null),
                query.flag("open"));
        long limit = query.number("limit").orElse((long) PAGE_SIZE);
        if (limit < 1 || limit > PAGE_SIZE_MAX) {
            throw ProblemException.badRequest("The query parameter limit is 1 to " + PAGE_SIZE_MAX + ".");
        }
        AlertPage page = alerts.list(workspace, filter, query.text("cursor").orElse(null), (int) limit);
        ctx.json(Page.of(page.items(), UnaryOperator.<Alert>identity(), page.next()));
    }

    public void get(Context ctx) {
        ctx.json(alerts.get(id(ctx)));
    }

    public void deliveries(Context ctx) {
        ctx.json(Page.whole(alerts.deliveries(id(ctx)), UnaryOperator.<AlertDelivery>identity()));
    }

    public void acknowledge(Context ctx) {
        ctx.json(alerts.acknowledge(id(ctx), Caller.id(ctx)));
    }

    private static AlertId id(Context ctx) {
        return new AlertId(RequestParameters.of(ctx).id("alert"));
    }
}
