package io.tidegate.web;

import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.migrations.Migrations;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.postgres.PostgresServer;
import io.tidegate.scheduler.alert.AlertRules;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.alert.channel.AddressGuard;
import io.tidegate.scheduler.alert.channel.AddressRange;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.alert.channel.ChannelSender;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.datasource.Catalogs;
import io.tidegate.scheduler.datasource.DataSourceContents;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.EngineTopicLogs;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.deployment.DeploymentChecks;
import io.tidegate.scheduler.deployment.Deployments;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.dispatch.SlotQueues;
import io.tidegate.scheduler.dispatch.Workers;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.instance.BulkActions;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.NodeFreezes;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.late.LateRepairs;
import io.tidegate.scheduler.node.ContentsChecks;
import io.tidegate.scheduler.node.NodeChecks;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.resourcegroup.ResourceGroupActions;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.retention.Retention;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.scheduler.user.Users;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Route;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A web server on a free port over a database of its own, with the scheduler's real services and no cluster in reach. */
final class TestServer implements AutoCloseable {
    static final String WORKSPACE = "shop";
    static final Instant START = Instant.parse("2026-11-22T06:00:00Z");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final HikariDataSource pool;
    private final SettableClock clock = new SettableClock(START);
    private final Jdbi jdbi;
    private final PlanInstances planner;
    private final WebServer web;
    private final String password;
    private volatile boolean databaseAnswers = true;
    private @Nullable Browser admin;
    private boolean workspaceMade;

    private TestServer(WebSettings settings) {
        PostgresServer postgres = Sandbox.shared().postgres();
        pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.createDatabase("web" + DATABASES.incrementAndGet()));
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(6);
        new Migrations(pool).migrate();
        jdbi = SchedulerDatabase.on(pool);
        planner = new PlanInstances(jdbi, clock);
        // A worker that never runs anything, so that lists have one to show.
        jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO worker (id, name, host, version, slots, resource_groups, running, draining, started_at,
                                    heartbeat_at, alive_until)
                VALUES (gen_random_uuid(), 'idle', 'host-1', '1.0', 8, '{default_scheduling}', 0, false, now(), now(),
                        now())"""));
        Services services = services();
        password = services.users().createFirstAdmin("").orElseThrow();
        web = new WebServer(services, settings, clock);
        web.start(0, "127.0.0.1");
    }

    private Services services() {
        Audit audit = new Audit(jdbi, clock);
        Catalogs catalogs = new NothingInReach();
        LiveNodes liveNodes = new LiveNodes(planner, clock);
        Workspaces workspaces = new Workspaces(jdbi, new RootNodes(liveNodes), audit, clock);
        Workflows workflows = new Workflows(jdbi, audit, clock);
        SecretKey key = SecretKey.of(Base64.getEncoder().encodeToString(new byte[32]));
        DataSources dataSources = new DataSources(jdbi, key, audit, clock);
        ContentsChecks contents = new ContentsChecks(dataSources, catalogs);
        ResourceGroups groups = new ResourceGroups(jdbi);
        NodeChecks checks = new NodeChecks(jdbi, dataSources, groups, contents, clock);
        Nodes nodes = new Nodes(jdbi, workspaces, workflows, checks, liveNodes, audit, clock);
        InstanceActions actions = new InstanceActions(jdbi, audit, clock);
        AddressGuard guard = new AddressGuard(AddressRange.parseAll("127.0.0.1"));
        AlertChannels alertChannels = new AlertChannels(
                jdbi, key, new ChannelSender(null, guard, clock), new AlertChannels.Checker(guard, null), audit, clock);
        DeploymentChecks deploymentChecks = new DeploymentChecks(contents);
        return new Services(
                new Users(jdbi, audit, clock),
                new Sessions(jdbi, clock),
                workspaces,
                new Retention(jdbi, audit),
                dataSources,
                new DataSourceContents(dataSources, catalogs, jdbi, audit),
                workflows,
                nodes,
                new Deployments(jdbi, workspaces, nodes, deploymentChecks, liveNodes, audit, clock),
                new Instances(jdbi, clock),
                actions,
                new BulkActions(jdbi, actions),
                new NodeFreezes(jdbi, audit, clock),
                new TestRuns(jdbi, workspaces, nodes, audit, clock),
                new LateRecords(jdbi),
                new LateRepairs(jdbi, actions, clock),
                new Backfills(jdbi, new EngineTopicLogs(dataSources, clock), audit, clock),
                alertChannels,
                new AlertRules(jdbi, audit, clock),
                new Alerts(jdbi, audit, clock),
                new BackfillActions(jdbi, audit, clock),
                groups,
                new ResourceGroupActions(jdbi, audit, clock),
                new SlotQueues(jdbi, clock),
                new Workers(jdbi),
                () -> databaseAnswers);
    }

    private static final class Shared {
        private static final TestServer SERVER = start(WebSettings.DEFAULTS);
    }

    /** The one of this JVM. Only for tests that leave it as they found it, or make objects of their own. */
    static TestServer shared() {
        return Shared.SERVER;
    }

    static TestServer start(WebSettings settings) {
        return new TestServer(settings);
    }

    int port() {
        return web.port();
    }

    List<Route> routes() {
        return web.routes();
    }

    int openStreams() {
        return web.openStreams();
    }

    SettableClock clock() {
        return clock;
    }

    String password() {
        return password;
    }

    void databaseAnswers(boolean answers) {
        databaseAnswers = answers;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    Browser stranger() {
        return new Browser(port());
    }

    /** Signed in; always the same session. */
    synchronized Browser admin() {
        Browser known = admin;
        if (known == null) {
            known = stranger().signIn("admin", password);
            admin = known;
        }
        return known;
    }

    /** The URL of the one workspace, with a workflow named main. */
    synchronized String workspace() {
        String url = "/api/v1/workspaces/" + WORKSPACE;
        if (!workspaceMade) {
            made(admin().post(
                            "/api/v1/workspaces",
                            "{\"name\":\"" + WORKSPACE + "\",\"mode\":\"STANDARD\",\"timeZone\":\"Asia/Shanghai\"}"));
            made(admin().post(url + "/workflows", "{\"name\":\"main\"}"));
            workspaceMade = true;
        }
        return url;
    }

    /** Makes a node of type VIRTUAL. */
    long node(String name) {
        Browser.Answer answer = admin().post(
                        workspace() + "/nodes",
                        "{\"workflow\":\"main\",\"name\":\"" + name + "\",\"type\":\"VIRTUAL\"}");
        return made(answer).json().path("id").asLong();
    }

    /** The root node's instance of today. */
    long rootInstance() {
        String url = workspace();
        planner.tick();
        long id = admin().get(url + "/instances").json().at("/items/0/id").asLong();
        if (id == 0) {
            throw new AssertionError("No instance was planned");
        }
        return id;
    }

    static Browser.Answer made(Browser.Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError("Not made: " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    @Override
    public void close() {
        web.close();
        pool.close();
    }
}
