package io.tidegate.web.node;

import io.javalin.http.Context;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDraft;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.ETag;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestBody;
import java.util.List;
import java.util.Objects;

/** What is being edited: saved, checked, committed. */
public final class DraftResource {
    private final Nodes nodes;
    private final RequestBody body;

    record CommitRequest(String note) {}

    record Findings(List<Finding> findings) {}

    record Committed(int version, List<Finding> findings) {}

    public DraftResource(Nodes nodes, RequestBody body) {
        this.nodes = nodes;
        this.body = body;
    }

    public void get(Context ctx) {
        NodeDraft draft = nodes.draft(NodeResource.id(ctx));
        ETag.set(ctx, draft.revision());
        ctx.json(draft.document());
    }

    public void save(Context ctx) {
        NodeId id = NodeResource.id(ctx);
        long seen = ETag.ifMatch(ctx);
        NodeDocument document = body.read(ctx, NodeDocument.class);
        NodeDraft saved;
        try {
            saved = nodes.saveDraft(id, document, seen, Caller.id(ctx));
        } catch (ConflictException e) {
            throw ProblemException.stale(Objects.requireNonNullElse(e.getMessage(), "Reload the node."));
        }
        ETag.set(ctx, saved.revision());
        ctx.json(saved.document());
    }

    public void check(Context ctx) {
        ctx.json(new Findings(nodes.check(NodeResource.id(ctx))));
    }

    public void commit(Context ctx) {
        NodeId id = NodeResource.id(ctx);
        CommitRequest wanted = body.read(ctx, CommitRequest.class);
        Nodes.Committed made = nodes.commit(id, wanted.note(), Caller.id(ctx));
        ctx.status(201).json(new Committed(made.version().version(), made.warnings()));
    }
}
