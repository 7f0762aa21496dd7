package io.tidegate.web.deployment;

import io.javalin.http.Context;
import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.deployment.Deployment;
import io.tidegate.scheduler.deployment.DeploymentCandidate;
import io.tidegate.scheduler.deployment.DeploymentId;
import io.tidegate.scheduler.deployment.Deployments;
import io.tidegate.scheduler.deployment.IsolatedNode;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can go live in PROD, what went, and sending it there. */
public final class DeploymentResource {
    private final Workspaces workspaces;
    private final Deployments deployments;
    private final RequestBody body;

    record NodeRef(long nodeId, int version) {}

    record NewDeployment(List<NodeRef> nodes, String note) {}

    record CandidateView(
            NodeId nodeId,
            String nodeName,
            NodeType nodeType,
            int version,
            @Nullable Integer deployedVersion,
            String note,
            String committedBy,
            Instant committedAt) {
        static CandidateView of(DeploymentCandidate candidate) {
            return new CandidateView(
                    candidate.nodeId(),
                    candidate.nodeName(),
                    candidate.type(),
                    candidate.version(),
                    candidate.deployedVersion(),
                    candidate.note(),
                    candidate.committedBy(),
                    candidate.committedAt());
        }
    }

    record DeploymentView(
            DeploymentId id, List<Deployment.Item> nodes, String note, String deployedBy, Instant deployedAt) {
        static DeploymentView of(Deployment deployment) {
            return new DeploymentView(
                    deployment.id(),
                    deployment.items(),
                    deployment.note(),
                    deployment.deployedBy(),
                    deployment.deployedAt());
        }
    }

    public DeploymentResource(Workspaces workspaces, Deployments deployments, RequestBody body) {
        this.workspaces = workspaces;
        this.deployments = deployments;
        this.body = body;
    }

    public void candidates(Context ctx) {
        ctx.json(Page.whole(deployments.candidates(workspace(ctx)), CandidateView::of));
    }

    public void isolated(Context ctx) {
        ctx.json(Page.whole(deployments.isolated(workspace(ctx)), Function.<IsolatedNode>identity()));
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(deployments.list(workspace(ctx)), DeploymentView::of));
    }

    public void deploy(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        NewDeployment wanted = body.read(ctx, NewDeployment.class);
        List<NodeVersionRef> versions = wanted.nodes().stream()
                .map(node -> new NodeVersionRef(new NodeId(node.nodeId()), node.version()))
                .toList();
        Deployment made = deployments.deploy(workspace, versions, wanted.note(), Caller.id(ctx));
        ctx.status(201).json(DeploymentView.of(made));
    }

    public void get(Context ctx) {
        DeploymentId id = new DeploymentId(RequestParameters.of(ctx).id("deployment"));
        ctx.json(DeploymentView.of(deployments.get(id)));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }
}
