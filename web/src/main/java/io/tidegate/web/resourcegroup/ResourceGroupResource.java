package io.tidegate.web.resourcegroup;

import io.javalin.http.Context;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Page;

/** The pools of slots that a workspace may use: all of this installation's. */
public final class ResourceGroupResource {
    private final Workspaces workspaces;
    private final ResourceGroups groups;

    record ResourceGroupView(ResourceGroupId id, String name, ResourceGroup.Kind type, int slots, String description) {
        static ResourceGroupView of(ResourceGroup group) {
            return new ResourceGroupView(group.id(), group.name(), group.kind(), group.slots(), group.description());
        }
    }

    public ResourceGroupResource(Workspaces workspaces, ResourceGroups groups) {
        this.workspaces = workspaces;
        this.groups = groups;
    }

    public void list(Context ctx) {
        workspaces.get(ctx.pathParam("workspace"));
        ctx.json(Page.whole(groups.list(), ResourceGroupView::of));
    }
}
