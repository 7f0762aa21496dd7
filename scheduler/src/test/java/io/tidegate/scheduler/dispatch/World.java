package io.tidegate.scheduler.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.NodeType;
import io.tidegate.migrations.Migrations;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.postgres.PostgresServer;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillProgress;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.EngineCatalogs;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.duty.AdvanceBackfills;
import io.tidegate.scheduler.duty.OpenDueInstances;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.duty.PlanReport;
import io.tidegate.scheduler.duty.RecoverLostAttempts;
import io.tidegate.scheduler.instance.Attempt;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Relative;
import io.tidegate.scheduler.node.ContentsChecks;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeChecks;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDocumentJson;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.resourcegroup.NewResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroupActions;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import io.tidegate.scheduler.workspace.Workspaces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A workspace in Shanghai on a real PostgreSQL whose sessions live in Los Angeles, with every part of the running half. It is
 * 2022-11-22 10:00 there until the clock is moved.
 */
final class World implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String MIGRATED = "running_migrated";
    private static boolean migrated;

    final WorldClock clock = new WorldClock();
    final FakeNodeRunner runner = new FakeNodeRunner();
    final FakeTopicLogs topics = new FakeTopicLogs(clock);
    final HikariDataSource pool;
    final Jdbi jdbi;
    final Audit audit;
    final PlanInstances planner;
    final OpenDueInstances opener;
    final RecoverLostAttempts recovery;
    final Instances instances;
    final InstanceActions actions;
    final Backfills backfills;
    final BackfillActions backfillActions;
    final AdvanceBackfills advancer;
    final ResourceGroupActions groups;
    final SlotQueues queues;
    final UserId anna;
    final UserId boris;
    final Workspaces workspaces;
    final Nodes nodes;
    /** The environments whose data sources attempts were given, each once. */
    final Set<Environment> connectionsAskedFor = EnumSet.noneOf(Environment.class);

    final Workspace workspace;
    private final String url;
    private final LiveNodes liveNodes;
    private final long workflow;
    private final List<Worker> workers = new ArrayList<>();

    World() {
        PostgresServer server = Sandbox.shared().postgres();
        url = copyOfMigrated(server, "running_" + DATABASES.incrementAndGet());
        pool = pool(server, url);
        jdbi = SchedulerDatabase.on(pool);
        audit = new Audit(jdbi, clock);
        planner = new PlanInstances(jdbi, clock);
        opener = new OpenDueInstances(jdbi, clock);
        recovery = new RecoverLostAttempts(jdbi, LeaseSettings.DEFAULT, clock);
        instances = new Instances(jdbi, clock);
        actions = new InstanceActions(jdbi, audit, clock);
        backfills = new Backfills(jdbi, topics, audit, clock);
        backfillActions = new BackfillActions(jdbi, audit, clock);
        advancer = new AdvanceBackfills(new BackfillProgress(jdbi, audit, clock));
        groups = new ResourceGroupActions(jdbi, audit, clock);
        queues = new SlotQueues(jdbi, clock);
        liveNodes = new LiveNodes(planner, clock);
        anna = new UserId(number("""
                INSERT INTO user_account (name, password_hash, created_at) VALUES ('anna', 'x', now()) RETURNING id"""));
        boris = new UserId(number("""
                INSERT INTO user_account (name, password_hash, created_at) VALUES ('boris', 'x', now()) RETURNING id"""));
        workspaces = new Workspaces(jdbi, new RootNodes(liveNodes), audit, clock);
        nodes = nodes();
        workspace = workspaces.create(new NewWorkspace("shop", WorkspaceMode.STANDARD, ZONE), anna);
        // Readiness would else name the worker that is missing.
        jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO worker (id, name, host, version, slots, resource_groups, running, draining, started_at,
                                    heartbeat_at, alive_until)
                VALUES (gen_random_uuid(), 'everlasting', '', '', 1000, '{}', 0, false, now(), now(), '9999-01-01')"""));
        workflow = number("""
                INSERT INTO workflow (workspace_id, name, description, created_by, created_at)
                VALUES (%d, 'copies', '', %d, now()) RETURNING id""".formatted(workspace.id().value(), anna.value()));
    }

    private Nodes nodes() {
        SecretKey key = SecretKey.of(Base64.getEncoder().encodeToString(new byte[32]));
        DataSources dataSources = new DataSources(jdbi, key, audit, clock);
        ContentsChecks contents = new ContentsChecks(dataSources, new EngineCatalogs());
        NodeChecks checks = new NodeChecks(jdbi, dataSources, new ResourceGroups(jdbi), contents, clock);
        return new Nodes(jdbi, workspaces, new Workflows(jdbi, audit, clock), checks, liveNodes, audit, clock);
    }

    /** Migrating once and copying the files is many times faster than migrating for each test. */
    private static synchronized String copyOfMigrated(PostgresServer server, String name) {
        if (!migrated) {
            try (HikariDataSource once = pool(server, server.createDatabase(MIGRATED))) {
                new Migrations(once).migrate();
            }
            migrated = true;
        }
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + MIGRATED);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.jdbcUrl().replaceFirst("/[a-z_0-9]+$", "/" + name);
    }

    private static HikariDataSource pool(PostgresServer server, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SET TIME ZONE 'America/Los_Angeles'");
        return new HikariDataSource(config);
    }

    /** Not from the pool, as the worker wants it. */
    DataSource listenOn() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(Sandbox.shared().postgres().user());
        source.setPassword(Sandbox.shared().postgres().password());
        return source;
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        pool.close();
    }

    // ---- given

    static Cycle daily(String runAt) {
        return new Day(LocalTime.parse(runAt));
    }

    static Cycle hourly(int minute) {
        return Hour.every(1, LocalTime.of(0, minute), LocalTime.of(23, 59));
    }

    static Cycle everyMinutes(int interval) {
        return new Minute(LocalTime.MIDNIGHT, interval, LocalTime.of(23, 59));
    }

    /** Deploys a VIRTUAL node. */
    NodeId deploy(String name, Cycle cycle, String... parents) {
        return deploy(name, NodeType.VIRTUAL, cycle, document -> document, parents);
    }

    /** The same with a version that takes effect at once and not on the next day. */
    NodeId deployNow(String name, Cycle cycle, String... parents) {
        return deploy(
                name,
                NodeType.VIRTUAL,
                cycle,
                document -> document.withSchedule(document.schedule().withGeneration(InstanceGeneration.IMMEDIATE)),
                parents);
    }

    /** Deploys a new version of a node, or a node that is new; without parents it depends on the root. */
    NodeId deploy(String name, NodeType type, Cycle cycle, UnaryOperator<NodeDocument> change, String... parents) {
        List<DependencyRef> dependencies = parents.length == 0
                ? List.of(DependencyRef.sameCycle(workspace.rootOutput()))
                : Arrays.stream(parents)
                        .map(p -> DependencyRef.sameCycle("shop." + p))
                        .toList();
        return deployIn(
                workspace, name, type, change.apply(NodeDocument.of("", cycle).withDependencies(dependencies)));
    }

    /** The same of a node with its whole document, in some workspace. */
    NodeId deployIn(Workspace place, String name, NodeType type, NodeDocument document) {
        long id = number("""
                INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
                VALUES (%d, %d, '%s', '%s', false, %d, now())
                ON CONFLICT (workspace_id, name) DO UPDATE SET name = excluded.name RETURNING id""".formatted(place.id().value(), workflow, name, type, anna.value()));
        int version = (int) number("SELECT count(*) + 1 FROM node_version WHERE node_id = " + id);
        long versionId = jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
                        VALUES (:node, :version, CAST(:document AS jsonb), '', :by, now()) RETURNING id""")
                .bind("node", id)
                .bind("version", version)
                .bind("document", NodeDocumentJson.write(document))
                .bind("by", anna.value())
                .mapTo(Long.class)
                .one());
        Node node = new Node(new NodeId(id), place.id(), "copies", name, type, false, "anna", clock.instant());
        NodeVersion committed = new NodeVersion(
                new NodeVersionId(versionId), node.id(), version, document, "", "anna", clock.instant());
        jdbi.useTransaction(handle -> liveNodes.activate(handle, place, Environment.PROD, node, committed));
        return node.id();
    }

    /** A worker that runs what it claims at once, in the thread that ticks it. */
    Worker worker(String name) {
        return worker(name, 100, runner);
    }

    Worker worker(String name, int threads, NodeRunner nodeRunner) {
        return worker(name, threads, nodeRunner, Map.of());
    }

    Worker worker(String name, int threads, NodeRunner nodeRunner, Map<String, DataSourceConnection> connections) {
        Worker worker = new Worker(
                WorkerSettings.of(name, threads),
                jdbi,
                null,
                nodeRunner,
                (workspaceId, environment) -> {
                    connectionsAskedFor.add(environment);
                    return connections;
                },
                clock,
                Runnable::run);
        workers.add(worker);
        return worker;
    }

    /** Nobody is there to take a slot. */
    void withoutWorkers() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM worker"));
    }

    /** As a user changes them. */
    ResourceGroup slots(String name, int slots) {
        ResourceGroup group = group(name);
        return groups.change(name, slots, group.description(), group.revision(), anna);
    }

    ResourceGroup newGroup(String name, int slots) {
        return groups.create(new NewResourceGroup(name, ResourceGroup.Kind.SCHEDULING, slots, ""), anna);
    }

    ResourceGroup group(String name) {
        return new ResourceGroups(jdbi).get(name);
    }

    // ---- when

    PlanReport plan() {
        return planner.tick();
    }

    /** Everything that can happen now, happens. */
    void settle() {
        Worker worker = worker("settler");
        plan();
        do {
            recovery.tick();
            advancer.tick();
            opener.tick();
        } while (worker.tick() > 0);
    }

    // ---- then

    List<Instance> of(String node) {
        return instances.list(workspace.id(), InstanceFilter.all(Environment.PROD), null, 500).items().stream()
                .filter(i -> i.nodeName().equals(node))
                .sorted((a, b) -> a.scheduledTime().compareTo(b.scheduledTime()))
                .toList();
    }

    List<String> localTimes(String node) {
        return of(node).stream().map(i -> i.scheduledLocal().toString()).toList();
    }

    Instance at(String node, String local) {
        return of(node).stream()
                .filter(i -> i.scheduledLocal().equals(LocalDateTime.parse(local)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no instance of %s at %s, but at %s".formatted(node, local, localTimes(node))));
    }

    InstanceState state(String node, String local) {
        return at(node, local).state();
    }

    InstanceState state(InstanceId id) {
        return detail(id).instance().state();
    }

    /** Empty when it is over. */
    String readiness(InstanceId id) {
        String sentence = detail(id).readiness();
        return sentence == null ? "" : sentence;
    }

    /** What the newest audit entry says of an action on an instance. */
    Map<String, String> audited(String action, InstanceId id) {
        return audit.list(workspace.id(), null, 1000).stream()
                .filter(entry -> entry.action().equals(action) && entry.object().equals("instance " + id.value()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no audit entry of " + action))
                .detail();
    }

    InstanceDetail detail(InstanceId id) {
        return instances.get(id);
    }

    List<String> parents(String node, String local) {
        return detail(at(node, local).id()).parents().stream().map(World::named).toList();
    }

    /** Newest first. */
    List<Attempt> attempts(InstanceId id) {
        return instances.attempts(id);
    }

    List<String> causes(InstanceId id) {
        return instances.events(id).stream().map(e -> e.cause()).toList();
    }

    long number(String sql) {
        return Objects.requireNonNull(jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one()));
    }

    private static String named(Relative relative) {
        return relative.nodeName() + " " + relative.scheduledLocal();
    }
}
