package io.tidegate.web.workflow;

import io.javalin.http.Context;
import io.tidegate.scheduler.workflow.NewWorkflow;
import io.tidegate.scheduler.workflow.Workflow;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The workflows of a workspace. */
public final class WorkflowResource {
    private final Workspaces workspaces;
    private final Workflows workflows;
    private final RequestBody body;

    record CreateWorkflow(String name, @Nullable String description) {}

    record WorkflowView(WorkflowId id, String name, String description, Instant createdAt) {
        static WorkflowView of(Workflow workflow) {
            return new WorkflowView(workflow.id(), workflow.name(), workflow.description(), workflow.createdAt());
        }
    }

    public WorkflowResource(Workspaces workspaces, Workflows workflows, RequestBody body) {
        this.workspaces = workspaces;
        this.workflows = workflows;
        this.body = body;
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(workflows.list(workspace(ctx)), WorkflowView::of));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        CreateWorkflow wanted = body.read(ctx, CreateWorkflow.class);
        String description = wanted.description() == null ? "" : wanted.description();
        Workflow made = workflows.create(workspace, new NewWorkflow(wanted.name(), description), Caller.id(ctx));
        ctx.status(201).json(WorkflowView.of(made));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }
}
