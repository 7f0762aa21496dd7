package io.tidegate.web.workspace;

import io.javalin.http.Context;
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
    private final RequestBody body;

    public WorkspaceResource(Workspaces workspaces, RequestBody body) {
        this.workspaces = workspaces;
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
}
