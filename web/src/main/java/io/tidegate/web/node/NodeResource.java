package io.tidegate.web.node;

import io.javalin.http.Context;
import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.node.NewNode;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.util.function.Function;

/** Nodes and their versions. */
public final class NodeResource {
    private final Workspaces workspaces;
    private final Nodes nodes;
    private final RequestBody body;

    record CreateNode(String workflow, String name, NodeType type) {}

    public NodeResource(Workspaces workspaces, Nodes nodes, RequestBody body) {
        this.workspaces = workspaces;
        this.nodes = nodes;
        this.body = body;
    }

    public void list(Context ctx) {
        Workspace workspace = workspaces.get(ctx.pathParam("workspace"));
        ctx.json(Page.whole(nodes.list(workspace.id()), node -> NodeView.of(workspace.name(), node)));
    }

    public void create(Context ctx) {
        Workspace workspace = workspaces.get(ctx.pathParam("workspace"));
        CreateNode wanted = body.read(ctx, CreateNode.class);
        Node made = nodes.create(
                workspace.id(), new NewNode(wanted.workflow(), wanted.name(), wanted.type()), Caller.id(ctx));
        ctx.status(201).json(NodeView.of(workspace.name(), nodes.summary(made.id())));
    }

    public void get(Context ctx) {
        Node node = nodes.get(id(ctx));
        Workspace workspace = workspaces.get(node.workspaceId());
        ctx.json(NodeView.of(workspace.name(), nodes.summary(node.id())));
    }

    public void versions(Context ctx) {
        ctx.json(Page.whole(nodes.versions(id(ctx)), Function.<NodeVersion>identity()));
    }

    static NodeId id(Context ctx) {
        return new NodeId(RequestParameters.of(ctx).id("node"));
    }
}
