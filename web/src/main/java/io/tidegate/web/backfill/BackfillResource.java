package io.tidegate.web.backfill;

import io.javalin.http.Context;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillDate;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillPage;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Backfills: planned, made, watched, and held or called off as a whole. */
public final class BackfillResource {
    private static final int PAGE_SIZE = 100;

    private final Workspaces workspaces;
    private final Backfills backfills;
    private final BackfillActions actions;
    private final RequestBody body;

    record Why(@Nullable String reason) {}

    public BackfillResource(Workspaces workspaces, Backfills backfills, BackfillActions actions, RequestBody body) {
        this.workspaces = workspaces;
        this.backfills = backfills;
        this.actions = actions;
        this.body = body;
    }

    public void list(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        BackfillPage page = backfills.list(workspace, cursor(ctx), PAGE_SIZE);
        ctx.json(Page.of(page.items(), BackfillView::of, page.next()));
    }

    public void plan(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        BackfillForm wanted = body.read(ctx, BackfillForm.class);
        ctx.json(PlanView.of(backfills.plan(workspace, wanted.read(), cursor(ctx), PAGE_SIZE)));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        BackfillForm wanted = body.read(ctx, BackfillForm.class);
        ctx.status(201).json(BackfillView.of(backfills.create(workspace, wanted.read(), Caller.id(ctx))));
    }

    public void get(Context ctx) {
        answer(ctx, id(ctx));
    }

    public void dates(Context ctx) {
        BackfillId id = id(ctx);
        int after = position(cursor(ctx));
        List<BackfillDate> dates = backfills.dates(id, after, PAGE_SIZE);
        boolean more = dates.size() == PAGE_SIZE
                && dates.get(PAGE_SIZE - 1).position()
                        < backfills.get(id).dates().total();
        ctx.json(new Page<>(
                dates, more ? Integer.toString(dates.get(PAGE_SIZE - 1).position()) : null));
    }

    public void pause(Context ctx) {
        operate(ctx, actions::pause);
    }

    public void resume(Context ctx) {
        operate(ctx, actions::resume);
    }

    public void cancelSubmission(Context ctx) {
        operate(ctx, actions::cancelSubmission);
    }

    public void stopRunning(Context ctx) {
        operate(ctx, actions::stopRunning);
    }

    @FunctionalInterface
    private interface Operation {
        void on(BackfillId id, UserId by, String reason);
    }

    private void operate(Context ctx, Operation operation) {
        BackfillId id = id(ctx);
        String reason = body.readOr(ctx, Why.class, new Why(null)).reason();
        operation.on(id, Caller.id(ctx), reason == null ? "" : reason);
        answer(ctx, id);
    }

    private void answer(Context ctx, BackfillId id) {
        ctx.json(BackfillView.of(backfills.get(id)));
    }

    private static BackfillId id(Context ctx) {
        return new BackfillId(RequestParameters.of(ctx).id("backfill"));
    }

    private static @Nullable String cursor(Context ctx) {
        return RequestParameters.of(ctx).only("cursor").text("cursor").orElse(null);
    }

    private static int position(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Integer.parseInt(cursor);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("'" + cursor + "' is no cursor: pass on the `next` of the page before.");
        }
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }
}
