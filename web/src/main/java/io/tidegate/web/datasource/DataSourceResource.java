package io.tidegate.web.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data sources of a workspace. */
public final class DataSourceResource {
    private final Workspaces workspaces;
    private final DataSources dataSources;
    private final RequestBody body;

    record CreateDataSource(
            String name, DataSourceType type, @Nullable String description, Map<Environment, JsonNode> sides) {}

    record UpdateDataSource(@Nullable String description, Map<Environment, JsonNode> sides) {}

    public DataSourceResource(Workspaces workspaces, DataSources dataSources, RequestBody body) {
        this.workspaces = workspaces;
        this.dataSources = dataSources;
        this.body = body;
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(dataSources.list(workspace(ctx)), DataSourceView::of));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        CreateDataSource wanted = body.read(ctx, CreateDataSource.class);
        NewDataSource fresh = new NewDataSource(
                wanted.name(),
                wanted.type(),
                Objects.requireNonNullElse(wanted.description(), ""),
                SideForm.read(body, wanted.type(), wanted.sides()));
        ctx.status(201).json(DataSourceView.of(dataSources.create(workspace, fresh, Caller.id(ctx))));
    }

    public void get(Context ctx) {
        ctx.json(DataSourceView.of(dataSources.get(workspace(ctx), ctx.pathParam("name"))));
    }

    public void update(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        DataSource before = dataSources.get(workspace, ctx.pathParam("name"));
        UpdateDataSource wanted = body.read(ctx, UpdateDataSource.class);
        DataSource after = dataSources.update(
                workspace,
                before.name(),
                Objects.requireNonNullElse(wanted.description(), before.description()),
                SideForm.read(body, before.type(), wanted.sides()),
                Caller.id(ctx));
        ctx.json(DataSourceView.of(after));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }
}
