package io.tidegate.web.workspace;

import io.javalin.http.Context;
import io.tidegate.scheduler.retention.Retention;
import io.tidegate.scheduler.retention.RetentionPolicy;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceChange;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import java.util.function.Function;

/** Workspaces. */
public final class WorkspaceResource {
    private final Workspaces workspaces;
    private final Retention retention;
    private final RequestBody body;

    public WorkspaceResource(Workspaces workspaces, Retention retention, RequestBody body) {
        this.workspaces = workspaces;
        this.retention = retention;
        this.body = body;
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(workspaces.list(), Function.<Workspace>identity()));
    }

    public void create(Context ctx) {
        NewWorkspace wanted = body.read(ctx, NewWorkspace.class);
        ctx.status(201).json(workspaces.create(wanted, Caller.id(ctx)));
    }

    public void change(Context ctx) {
        Workspace workspace = workspaces.get(ctx.pathParam("workspace"));
        WorkspaceChange wanted = body.read(ctx, WorkspaceChange.class);
        ctx.json(workspaces.change(workspace.id(), wanted, Caller.id(ctx)));
    }

    public void get(Context ctx) {
        ctx.json(workspaces.get(ctx.pathParam("workspace")));
    }

    public void retention(Context ctx) {
        ctx.json(retention.of(workspaces.get(ctx.pathParam("workspace"))));
    }

    public void changeRetention(Context ctx) {
        Workspace workspace = workspaces.get(ctx.pathParam("workspace"));
        RetentionPolicy wanted = body.read(ctx, RetentionPolicy.class);
        ctx.json(retention.change(workspace, wanted, Caller.id(ctx)));
    }
}
