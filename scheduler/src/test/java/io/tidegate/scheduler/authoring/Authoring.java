package io.tidegate.scheduler.authoring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.engine.NodeType;
import io.tidegate.migrations.Migrations;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.postgres.PostgresServer;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.datasource.DataSourceContents;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.deployment.DeploymentChecks;
import io.tidegate.scheduler.deployment.Deployments;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.node.ContentsChecks;
import io.tidegate.scheduler.node.NewNode;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeChecks;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.user.Users;
import io.tidegate.scheduler.workflow.NewWorkflow;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * The authoring half on a PostgreSQL of its own. The sessions speak another zone than the JVM and than the workspaces, so that
 * whoever leans on one of them is found out.
 */
final class Authoring implements AutoCloseable {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final String DEV_KAFKA = "kafka-dev:9092";
    static final String PROD_KAFKA = "kafka-prod:9092";
    static final String DEV_PROJECT = "lake_dev";
    static final String PROD_PROJECT = "lake";
    static final TableSchema ORDERS = table(
            "orders", List.of("__key__", "__value__", "__partition__", "__headers__", "__offset__", "__timestamp__"));
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** 2022-11-22 10:05 in Shanghai. */
    final SettableClock clock = new SettableClock("2022-11-22T02:05:00Z");

    final FakeCatalogs catalogs = new FakeCatalogs();
    final List<Replanned> replanned = new ArrayList<>();
    final Jdbi jdbi;
    final Audit audit;
    final Users users;
    final Sessions sessions;
    final Workspaces workspaces;
    final Workflows workflows;
    final ResourceGroups resourceGroups;
    final DataSources dataSources;
    final DataSourceContents contents;
    final Nodes nodes;
    final Deployments deployments;
    final UserId admin;
    final String adminPassword;
    private final HikariDataSource pool;
    private final AtomicInteger names = new AtomicInteger();

    record Replanned(Environment environment, NodeId node, Instant from) {}

    Authoring() {
        pool = pool();
        new Migrations(pool).migrate();
        jdbi = SchedulerDatabase.on(pool);
        audit = new Audit(jdbi, clock);
        users = new Users(jdbi, audit, clock);
        sessions = new Sessions(jdbi, clock);
        LiveNodes liveNodes = new LiveNodes(
                (handle, environment, node, from) -> replanned.add(new Replanned(environment, node, from)), clock);
        workspaces = new Workspaces(jdbi, new RootNodes(liveNodes), audit, clock);
        workflows = new Workflows(jdbi, audit, clock);
        resourceGroups = new ResourceGroups(jdbi);
        dataSources = new DataSources(jdbi, key((byte) 7), audit, clock);
        contents = new DataSourceContents(dataSources, catalogs, jdbi, audit);
        ContentsChecks contentsChecks = new ContentsChecks(dataSources, catalogs);
        NodeChecks checks = new NodeChecks(jdbi, dataSources, resourceGroups, contentsChecks, clock);
        nodes = new Nodes(jdbi, workspaces, workflows, checks, liveNodes, audit, clock);
        deployments =
                new Deployments(jdbi, workspaces, nodes, new DeploymentChecks(contentsChecks), liveNodes, audit, clock);
        adminPassword = users.createFirstAdmin("").orElseThrow();
        admin = users.find("admin").orElseThrow().id();
    }

    static SecretKey key(byte fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, fill);
        return SecretKey.of(Base64.getEncoder().encodeToString(bytes));
    }

    static TableSchema table(String name, List<String> columns) {
        return new TableSchema(
                name,
                columns.stream()
                        .map(column -> new TableSchema.Column(column, "STRING", ""))
                        .toList(),
                List.of(new TableSchema.Column("ds", "STRING", "")));
    }

    /** A STANDARD workspace in Shanghai with a workflow {@code ingest}, by a name that no other test has. */
    Workspace aWorkspace() {
        return aWorkspace(WorkspaceMode.STANDARD);
    }

    Workspace aWorkspace(WorkspaceMode mode) {
        Workspace workspace =
                workspaces.create(new NewWorkspace("shop_" + names.incrementAndGet(), mode, SHANGHAI), admin);
        workflows.create(workspace.id(), new NewWorkflow("ingest", ""), admin);
        return workspace;
    }

    /** With both data sources, and the topic and the table in DEV and in PROD. */
    Workspace aFurnishedWorkspace() {
        Workspace workspace = aWorkspace();
        furnish(workspace);
        return workspace;
    }

    void furnish(Workspace workspace) {
        dataSources.create(
                workspace.id(),
                new NewDataSource(
                        "kafka_src",
                        DataSourceType.KAFKA,
                        "",
                        Map.of(
                                Environment.DEV,
                                new SideConfig.Kafka(DEV_KAFKA, Map.of()),
                                Environment.PROD,
                                new SideConfig.Kafka(PROD_KAFKA, Map.of()))),
                admin);
        dataSources.create(
                workspace.id(),
                new NewDataSource(
                        "lake",
                        DataSourceType.MAXCOMPUTE,
                        "",
                        Map.of(Environment.DEV, project(DEV_PROJECT), Environment.PROD, project(PROD_PROJECT))),
                admin);
        catalogs.topic(DEV_KAFKA, "orders");
        catalogs.topic(PROD_KAFKA, "orders");
        catalogs.table(DEV_PROJECT, ORDERS);
        catalogs.table(PROD_PROJECT, ORDERS);
    }

    static SideConfig.MaxCompute project(String name) {
        return new SideConfig.MaxCompute("http://127.0.0.1:9/api", name, "id", "access-key", null);
    }

    Node aNode(Workspace workspace, String name, NodeType type) {
        return nodes.create(workspace.id(), new NewNode("ingest", name, type), admin);
    }

    /** A batch synchronization as it is born, with data sources, topic and table filled in. */
    Node aSyncNode(Workspace workspace, String name) {
        Node node = aNode(workspace, name, NodeType.BATCH_SYNC);
        edit(node, document -> document.withCode(filledIn(document.code())));
        return node;
    }

    static String filledIn(String code) {
        return code.replaceFirst("\"datasource\": \"\"", "\"datasource\": \"kafka_src\"")
                .replaceFirst("\"datasource\": \"\"", "\"datasource\": \"lake\"")
                .replace("\"topic\": \"\"", "\"topic\": \"orders\"")
                .replace("\"table\": \"\"", "\"table\": \"orders\"");
    }

    void edit(Node node, UnaryOperator<NodeDocument> change) {
        var draft = nodes.draft(node.id());
        nodes.saveDraft(node.id(), change.apply(draft.document()), draft.revision(), admin);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariDataSource pool() {
        PostgresServer postgres = Sandbox.shared().postgres();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.createDatabase("authoring_" + DATABASES.incrementAndGet()));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(6);
        config.setConnectionInitSql("SET timezone = 'America/Los_Angeles'");
        return new HikariDataSource(config);
    }
}
