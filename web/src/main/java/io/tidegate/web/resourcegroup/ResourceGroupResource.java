package io.tidegate.web.resourcegroup;

import io.javalin.http.Context;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.dispatch.SlotQueues;
import io.tidegate.scheduler.dispatch.SlotUse;
import io.tidegate.scheduler.resourcegroup.NewResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroupActions;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.ETag;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pools of slots of this installation; every workspace may use all of them. */
public final class ResourceGroupResource {
    private final Workspaces workspaces;
    private final ResourceGroups groups;
    private final ResourceGroupActions actions;
    private final SlotQueues queues;
    private final RequestBody body;

    record CreateGroup(
            String name,
            ResourceGroup.Kind type,
            int slots,
            @Nullable String description) {}

    record ChangeGroup(int slots, @Nullable String description) {}

    /** What was found did not keep the group from being deleted. */
    record Deleted(List<Finding> findings) {}

    public ResourceGroupResource(
            Workspaces workspaces,
            ResourceGroups groups,
            ResourceGroupActions actions,
            SlotQueues queues,
            RequestBody body) {
        this.workspaces = workspaces;
        this.groups = groups;
        this.actions = actions;
        this.queues = queues;
        this.body = body;
    }

    public void ofWorkspace(Context ctx) {
        workspaces.get(ctx.pathParam("workspace"));
        list(ctx);
    }

    public void list(Context ctx) {
        List<ResourceGroup> all = groups.list();
        Map<ResourceGroupId, SlotUse> use =
                queues.use(all.stream().map(ResourceGroup::id).toList());
        ctx.json(Page.whole(
                all.stream().filter(group -> use.containsKey(group.id())).toList(),
                group -> ResourceGroupView.of(group, Objects.requireNonNull(use.get(group.id())))));
    }

    public void get(Context ctx) {
        answer(ctx, groups.get(name(ctx)));
    }

    public void create(Context ctx) {
        CreateGroup wanted = body.read(ctx, CreateGroup.class);
        ResourceGroup made = actions.create(
                new NewResourceGroup(wanted.name(), wanted.type(), wanted.slots(), orNone(wanted.description())),
                Caller.id(ctx));
        ctx.status(201);
        answer(ctx, made);
    }

    public void change(Context ctx) {
        String name = name(ctx);
        long seen = ETag.ifMatch(ctx);
        ChangeGroup wanted = body.read(ctx, ChangeGroup.class);
        // A description that is left out stays.
        String description = wanted.description() == null ? groups.get(name).description() : wanted.description();
        answer(ctx, unlessStale(() -> actions.change(name, wanted.slots(), description, seen, Caller.id(ctx))));
    }

    public void delete(Context ctx) {
        String name = name(ctx);
        long seen = ETag.ifMatch(ctx);
        ctx.json(new Deleted(unlessStale(() -> actions.delete(name, seen, Caller.id(ctx)))));
    }

    private void answer(Context ctx, ResourceGroup group) {
        SlotUse use = queues.use(List.of(group.id())).get(group.id());
        ETag.set(ctx, group.revision());
        ctx.json(ResourceGroupView.of(group, Objects.requireNonNull(use)));
    }

    private static <T> T unlessStale(Supplier<T> change) {
        try {
            return change.get();
        } catch (ConflictException e) {
            throw ProblemException.stale(Objects.requireNonNullElse(e.getMessage(), "Look at the group again."));
        }
    }

    private static String orNone(@Nullable String description) {
        return description == null ? "" : description;
    }

    static String name(Context ctx) {
        return ctx.pathParam("group");
    }
}
