package io.tidegate.web.datasource;

import io.javalin.http.Context;
import io.tidegate.engine.maxcompute.DestinationTable;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSourceContents;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.datasource.Topic;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is in the clusters and projects that data sources name. */
public final class CatalogResource {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Workspaces workspaces;
    private final DataSources dataSources;
    private final DataSourceContents contents;
    private final RequestBody body;

    record ConnectivityRequest(Environment environment) {}

    record NewTable(Environment environment, String ddl) {}

    record TableSchemaRequest(String topic, @Nullable List<String> columns) {}

    record Ddl(String ddl) {}

    record TableName(String name) {}

    record PartitionKey(String name, String type) {}

    record Table(String name, List<TableSchema.Column> columns, List<PartitionKey> partitionKeys) {
        static Table of(TableSchema schema) {
            return new Table(
                    schema.name(),
                    schema.columns(),
                    schema.partitionKeys().stream()
                            .map(key -> new PartitionKey(key.name(), key.type()))
                            .toList());
        }
    }

    public CatalogResource(
            Workspaces workspaces, DataSources dataSources, DataSourceContents contents, RequestBody body) {
        this.workspaces = workspaces;
        this.dataSources = dataSources;
        this.contents = contents;
        this.body = body;
    }

    public void connectivity(Context ctx) {
        Environment environment = body.read(ctx, ConnectivityRequest.class).environment();
        ctx.json(contents.testConnectivity(workspace(ctx), name(ctx), environment));
    }

    public void topics(Context ctx) {
        ctx.json(Page.whole(contents.topics(workspace(ctx), name(ctx), environment(ctx)), Function.<Topic>identity()));
    }

    public void tables(Context ctx) {
        ctx.json(Page.whole(contents.tables(workspace(ctx), name(ctx), environment(ctx)), TableName::new));
    }

    public void table(Context ctx) {
        ctx.json(Table.of(contents.tableSchema(workspace(ctx), name(ctx), environment(ctx), ctx.pathParam("table"))));
    }

    public void createTable(Context ctx) {
        NewTable wanted = body.read(ctx, NewTable.class);
        contents.createTable(workspace(ctx), name(ctx), wanted.environment(), wanted.ddl(), Caller.id(ctx));
        ctx.status(201).json(wanted);
    }

    public void tableSchema(Context ctx) {
        // The statement is for the data source named in the path: it must be there and be one that has tables.
        DataSource target = dataSources.get(workspace(ctx), name(ctx));
        TableSchemaRequest wanted = body.read(ctx, TableSchemaRequest.class);
        if (target.type() != DataSourceType.MAXCOMPUTE) {
            throw InvalidInputException.of(
                    "", "Data source " + target.name() + " has no tables.", "Choose one of type MAXCOMPUTE.");
        }
        if (!TOPIC.matcher(wanted.topic()).matches()) {
            throw InvalidInputException.of(
                    "/topic",
                    "'" + wanted.topic() + "' is not a topic name.",
                    "Choose a topic of the Kafka data source.");
        }
        List<String> columns = wanted.columns() == null ? List.of() : wanted.columns();
        ctx.json(new Ddl(DestinationTable.generate(wanted.topic(), columns)));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }

    private static String name(Context ctx) {
        return ctx.pathParam("name");
    }

    private static Environment environment(Context ctx) {
        return RequestParameters.of(ctx).only("environment").required("environment", Environment.class);
    }
}
