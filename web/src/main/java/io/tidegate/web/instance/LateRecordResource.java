package io.tidegate.web.instance;

import io.javalin.http.Context;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.late.LateFilter;
import io.tidegate.scheduler.late.LateRecord;
import io.tidegate.scheduler.late.LateRecordPage;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.late.LateRepairs;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestParameters;
import java.util.function.UnaryOperator;

/** The late ledger, and the rerun that brings a window what it lacks. */
public final class LateRecordResource {
    private final Workspaces workspaces;
    private final LateRecords late;
    private final LateRepairs repairs;
    private final InstanceDetails details;

    public LateRecordResource(Workspaces workspaces, LateRecords late, LateRepairs repairs, InstanceDetails details) {
        this.workspaces = workspaces;
        this.late = late;
        this.repairs = repairs;
        this.details = details;
    }

    public void list(Context ctx) {
        WorkspaceId workspace = workspaces.get(ctx.pathParam("workspace")).id();
        RequestParameters query = RequestParameters.of(ctx).only("environment", "node", "open", "cursor", "limit");
        LateFilter filter = new LateFilter(
                query.one("environment", Environment.class).orElse(Environment.PROD),
                query.number("node").map(NodeId::new).orElse(null),
                query.flag("open"));
        LateRecordPage page = late.list(workspace, filter, query.text("cursor").orElse(null), query.limit());
        ctx.json(Page.of(page.items(), UnaryOperator.<LateRecord>identity(), page.next()));
    }

    public void repair(Context ctx) {
        InstanceId id = InstanceResource.id(ctx);
        repairs.repair(id, Caller.id(ctx));
        ctx.json(details.of(id));
    }
}
