package io.tidegate.web.instance;

import io.javalin.http.Context;
import io.tidegate.scheduler.instance.BulkActions;
import io.tidegate.scheduler.instance.BulkOperation;
import io.tidegate.scheduler.instance.Descendant;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceOperation;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.RerunOptions;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done to instances. */
public final class OperationResource {
    private final Workspaces workspaces;
    private final InstanceActions actions;
    private final BulkActions bulk;
    private final InstanceDetails details;
    private final RequestBody body;

    record Why(@Nullable String reason) {}

    record NewPriority(int priority, @Nullable String reason) {}

    record RemovedDependency(long parentId, @Nullable String reason) {}

    record RerunWithDescendants(
            @Nullable List<Long> descendants,
            @Nullable Boolean addAgain,
            @Nullable String reason) {}

    record BulkRequest(
            InstanceOperation operation,
            List<Long> ids,
            @Nullable Integer priority,
            @Nullable Boolean withDeployedVersion,
            @Nullable String reason) {}

    record BulkResults(List<BulkOperation.Result> results) {}

    record DescendantView(
            InstanceId id,
            String workspace,
            String nodeName,
            LocalDateTime scheduledLocal,
            InstanceState state,
            boolean frozen,
            @Nullable String refusal) {
        static DescendantView of(Descendant descendant) {
            return new DescendantView(
                    descendant.id(),
                    descendant.workspace(),
                    descendant.nodeName(),
                    descendant.scheduledLocal(),
                    descendant.state(),
                    descendant.frozen(),
                    descendant.refusal());
        }
    }

    public OperationResource(
            Workspaces workspaces,
            InstanceActions actions,
            BulkActions bulk,
            InstanceDetails details,
            RequestBody body) {
        this.workspaces = workspaces;
        this.actions = actions;
        this.bulk = bulk;
        this.details = details;
        this.body = body;
    }

    public void rerun(Context ctx) {
        RequestParameters asked = RequestParameters.of(ctx).only("addAgain", "withDeployedVersion");
        InstanceId id = InstanceResource.id(ctx);
        var options = new RerunOptions(asked.flag("addAgain"), asked.flag("withDeployedVersion"));
        actions.rerun(id, Caller.id(ctx), options, why(ctx));
        answer(ctx, id);
    }

    public void stop(Context ctx) {
        operate(ctx, actions::stop);
    }

    public void setSuccess(Context ctx) {
        operate(ctx, actions::setSuccess);
    }

    public void freeze(Context ctx) {
        operate(ctx, actions::freeze);
    }

    public void unfreeze(Context ctx) {
        operate(ctx, actions::unfreeze);
    }

    public void runNow(Context ctx) {
        operate(ctx, actions::runNow);
    }

    /** An operation that needs to know nothing but the instance, who asks, and why. */
    @FunctionalInterface
    private interface Operation {
        void on(InstanceId id, UserId by, String reason);
    }

    private void operate(Context ctx, Operation operation) {
        InstanceId id = InstanceResource.id(ctx);
        operation.on(id, Caller.id(ctx), why(ctx));
        answer(ctx, id);
    }

    public void changePriority(Context ctx) {
        InstanceId id = InstanceResource.id(ctx);
        NewPriority wanted = body.read(ctx, NewPriority.class);
        actions.changePriority(id, wanted.priority(), Caller.id(ctx), text(wanted.reason()));
        answer(ctx, id);
    }

    public void removeDependency(Context ctx) {
        InstanceId id = InstanceResource.id(ctx);
        RemovedDependency wanted = body.read(ctx, RemovedDependency.class);
        actions.removeDependency(id, new InstanceId(wanted.parentId()), Caller.id(ctx), text(wanted.reason()));
        answer(ctx, id);
    }

    public void descendants(Context ctx) {
        ctx.json(Page.whole(actions.descendants(InstanceResource.id(ctx)), DescendantView::of));
    }

    public void rerunWithDescendants(Context ctx) {
        InstanceId id = InstanceResource.id(ctx);
        RerunWithDescendants wanted = body.read(ctx, RerunWithDescendants.class);
        List<Long> chosen = wanted.descendants();
        actions.rerunWithDescendants(
                id,
                chosen == null ? null : chosen.stream().map(InstanceId::new).toList(),
                Caller.id(ctx),
                Boolean.TRUE.equals(wanted.addAgain()),
                text(wanted.reason()));
        answer(ctx, id);
    }

    public void bulk(Context ctx) {
        WorkspaceId workspace = workspaces.get(ctx.pathParam("workspace")).id();
        BulkRequest wanted = body.read(ctx, BulkRequest.class);
        BulkOperation operation = new BulkOperation(
                wanted.operation(),
                wanted.ids().stream().map(InstanceId::new).toList(),
                wanted.priority(),
                Boolean.TRUE.equals(wanted.withDeployedVersion()),
                text(wanted.reason()));
        ctx.json(new BulkResults(bulk.act(workspace, operation, Caller.id(ctx))));
    }

    private String why(Context ctx) {
        return text(body.readOr(ctx, Why.class, new Why(null)).reason());
    }

    private void answer(Context ctx, InstanceId id) {
        ctx.json(details.of(id));
    }

    private static String text(@Nullable String reason) {
        return reason == null ? "" : reason;
    }
}
