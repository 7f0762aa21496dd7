package io.tidegate.web.backfill;

import io.javalin.http.Context;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillPage;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backfills: made, and watched. */
public final class BackfillResource {
    private static final int PAGE_SIZE = 100;

    private final Workspaces workspaces;
    private final Backfills backfills;
    private final RequestBody body;

    record CreateBackfill(@Nullable String name, List<Long> nodeIds, LocalDateTime from, LocalDateTime to) {}

    record BackfillView(
            BackfillId id,
            String workspace,
            String name,
            List<Backfill.BackfilledNode> nodes,
            LocalDateTime from,
            LocalDateTime to,
            ZoneId timeZone,
            String createdBy,
            Instant createdAt,
            int total,
            Map<InstanceState, Integer> counts) {
        static BackfillView of(Backfill backfill) {
            return new BackfillView(
                    backfill.id(),
                    backfill.workspace(),
                    backfill.name(),
                    backfill.nodes(),
                    backfill.from(),
                    backfill.to(),
                    backfill.zone(),
                    backfill.createdBy(),
                    backfill.createdAt(),
                    backfill.total(),
                    backfill.counts());
        }
    }

    public BackfillResource(Workspaces workspaces, Backfills backfills, RequestBody body) {
        this.workspaces = workspaces;
        this.backfills = backfills;
        this.body = body;
    }

    public void list(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        String cursor = RequestParameters.of(ctx).only("cursor").text("cursor").orElse(null);
        BackfillPage page = backfills.list(workspace, cursor, PAGE_SIZE);
        ctx.json(Page.of(page.items(), BackfillView::of, page.next()));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        CreateBackfill wanted = body.read(ctx, CreateBackfill.class);
        List<NodeId> nodes = wanted.nodeIds().stream().map(NodeId::new).toList();
        NewBackfill fresh = new NewBackfill(wanted.name(), nodes, wanted.from(), wanted.to());
        ctx.status(201).json(BackfillView.of(backfills.create(workspace, fresh, Caller.id(ctx))));
    }

    public void get(Context ctx) {
        ctx.json(BackfillView.of(
                backfills.get(new BackfillId(RequestParameters.of(ctx).id("backfill")))));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }
}
