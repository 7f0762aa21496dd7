package io.tidegate.app.server;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigException;
import io.tidegate.app.database.Database;
import io.tidegate.app.database.DatabaseClock;
import io.tidegate.app.process.Closing;
import io.tidegate.app.worker.WorkerWiring;
import io.tidegate.engine.NodeRunner;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillProgress;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.datasource.Catalogs;
import io.tidegate.scheduler.datasource.DataSourceContents;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.EngineCatalogs;
import io.tidegate.scheduler.datasource.EngineTopicLogs;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.deployment.DeploymentChecks;
import io.tidegate.scheduler.deployment.Deployments;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.dispatch.LeaseSettings;
import io.tidegate.scheduler.dispatch.SlotQueues;
import io.tidegate.scheduler.dispatch.Worker;
import io.tidegate.scheduler.dispatch.Workers;
import io.tidegate.scheduler.duty.AdvanceBackfills;
import io.tidegate.scheduler.duty.OpenDueInstances;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.duty.PunctualOpening;
import io.tidegate.scheduler.duty.RecoverLostAttempts;
import io.tidegate.scheduler.duty.RepairLateWindows;
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
import io.tidegate.scheduler.retention.DeleteExpired;
import io.tidegate.scheduler.retention.Retention;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.scheduler.trigger.Duty;
import io.tidegate.scheduler.trigger.DutyClock;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.scheduler.user.Users;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.Services;
import io.tidegate.web.WebServer;
import io.tidegate.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server: database, scheduler, worker and web, made by hand from top to bottom. What is opened is closed in the
 * reverse order, also when something after it cannot be opened.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Closing closing;
    private final URI uri;
    private final Optional<String> firstPassword;

    private Server(Closing closing, URI uri, Optional<String> firstPassword) {
        this.closing = closing;
        this.uri = uri;
        this.firstPassword = firstPassword;
    }

    /**
     * Starts everything and returns when the web server answers.
     *
     * @throws ConfigException when a setting is the reason that it cannot start
     */
    public static Server start(Config config) {
        return start(config, clock -> WorkerWiring.engine(config, clock), clock -> clock);
    }

    /**
     * The same with another way to run nodes, by another clock.
     *
     * @param runner made for the clock that everything goes by
     * @param clockOf makes that clock from the database's
     */
    public static Server start(
            Config config, Function<InstantSource, NodeRunner> runner, UnaryOperator<InstantSource> clockOf) {
        Closing closing = new Closing();
        try {
            Database database = closing.add(Database.open(config));
            InstantSource clock = clockOf.apply(closing.add(DatabaseClock.of(database.dataSource())));
            SecretKey key = secretKey(config);
            Authoring authoring = authoring(database.jdbi(), key, clock);
            AlertParts alerts = AlertParts.of(database.jdbi(), key, config.alerts(), authoring.audit(), clock, closing);
            Optional<String> firstPassword = authoring.users().createFirstAdmin(config.adminPassword());
            LeaseSettings lease = WorkerWiring.lease(config);
            Optional<Worker> worker = config.workerThreads() == 0
                    ? Optional.empty()
                    : Optional.of(closing.add(WorkerWiring.worker(
                            config, database, authoring.dataSources()::connections, runner.apply(clock), clock)));
            OpenDueInstances openDueInstances = new OpenDueInstances(database.jdbi(), clock);
            DutyClock dutyClock = closing.add(new DutyClock(
                    database.dataSource(),
                    config.workerName(),
                    duties(database.jdbi(), authoring.audit(), alerts, lease, openDueInstances, clock),
                    InstantSource.system()));
            PunctualOpening punctualOpening = closing.add(new PunctualOpening(openDueInstances, clock));
            WorkerWiring.sweepDirtyFiles(config, database, clock, closing);
            WebServer web = closing.add(web(database, authoring, alerts, config, clock));
            worker.ifPresent(Worker::start);
            dutyClock.start();
            punctualOpening.start();
            URI uri = listen(web, config);
            LOG.info("Ready at {}", uri);
            return new Server(closing, uri, firstPassword);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** What stands still: users, workspaces, data sources, nodes and their versions. */
    private record Authoring(
            Audit audit,
            Users users,
            Workspaces workspaces,
            DataSources dataSources,
            DataSourceContents contents,
            ResourceGroups resourceGroups,
            Workflows workflows,
            Nodes nodes,
            Deployments deployments) {}

    private static Authoring authoring(Jdbi jdbi, SecretKey key, InstantSource clock) {
        Audit audit = new Audit(jdbi, clock);
        Users users = new Users(jdbi, audit, clock);
        LiveNodes liveNodes = new LiveNodes(new PlanInstances(jdbi, clock), clock);
        Workspaces workspaces = new Workspaces(jdbi, new RootNodes(liveNodes), audit, clock);
        DataSources dataSources = new DataSources(jdbi, key, audit, clock);
        Catalogs catalogs = new EngineCatalogs();
        DataSourceContents contents = new DataSourceContents(dataSources, catalogs, jdbi, audit);
        ContentsChecks contentsChecks = new ContentsChecks(dataSources, catalogs);
        ResourceGroups resourceGroups = new ResourceGroups(jdbi);
        Workflows workflows = new Workflows(jdbi, audit, clock);
        NodeChecks nodeChecks = new NodeChecks(jdbi, dataSources, resourceGroups, contentsChecks, clock);
        Nodes nodes = new Nodes(jdbi, workspaces, workflows, nodeChecks, liveNodes, audit, clock);
        Deployments deployments =
                new Deployments(jdbi, workspaces, nodes, new DeploymentChecks(contentsChecks), liveNodes, audit, clock);
        return new Authoring(
                audit, users, workspaces, dataSources, contents, resourceGroups, workflows, nodes, deployments);
    }

    /** What happens by itself, each by one server of the cluster at a time. */
    private static List<Duty> duties(
            Jdbi jdbi,
            Audit audit,
            AlertParts alerts,
            LeaseSettings lease,
            OpenDueInstances openDueInstances,
            InstantSource clock) {
        PlanInstances planInstances = new PlanInstances(jdbi, clock);
        RecoverLostAttempts recoverLostAttempts = new RecoverLostAttempts(jdbi, lease, clock);
        RepairLateWindows repairLateWindows =
                new RepairLateWindows(new LateRepairs(jdbi, new InstanceActions(jdbi, audit, clock), clock));
        AdvanceBackfills advanceBackfills = new AdvanceBackfills(new BackfillProgress(jdbi, audit, clock));
        List<Duty> duties = new ArrayList<>(List.of(
                new Duty("plan-instances", Duration.ofSeconds(10), planInstances::tick),
                new Duty("open-due-instances", Duration.ofSeconds(1), openDueInstances::tick),
                new Duty("advance-backfills", Duration.ofSeconds(1), advanceBackfills::tick),
                new Duty("recover-lost-attempts", Duration.ofSeconds(5), recoverLostAttempts::tick),
                new Duty("repair-late-windows", Duration.ofSeconds(10), repairLateWindows::tick),
                new Duty("delete-expired", Duration.ofMinutes(10), new DeleteExpired(jdbi, audit, clock)::tick)));
        duties.addAll(alerts.duties());
        return List.copyOf(duties);
    }

    /** What is seen. */
    private static WebServer web(
            Database database, Authoring authoring, AlertParts alerts, Config config, InstantSource clock) {
        Jdbi jdbi = database.jdbi();
        InstanceActions actions = new InstanceActions(jdbi, authoring.audit(), clock);
        Services services = new Services(
                authoring.users(),
                new Sessions(jdbi, clock),
                authoring.workspaces(),
                new Retention(jdbi, authoring.audit()),
                authoring.dataSources(),
                authoring.contents(),
                authoring.workflows(),
                authoring.nodes(),
                authoring.deployments(),
                new Instances(jdbi, clock),
                actions,
                new BulkActions(jdbi, actions),
                new NodeFreezes(jdbi, authoring.audit(), clock),
                new TestRuns(jdbi, authoring.workspaces(), authoring.nodes(), authoring.audit(), clock),
                new LateRecords(jdbi),
                new LateRepairs(jdbi, actions, clock),
                new Backfills(jdbi, new EngineTopicLogs(authoring.dataSources(), clock), authoring.audit(), clock),
                alerts.channels(),
                alerts.rules(),
                alerts.alerts(),
                new BackfillActions(jdbi, authoring.audit(), clock),
                authoring.resourceGroups(),
                new ResourceGroupActions(jdbi, authoring.audit(), clock),
                new SlotQueues(jdbi, clock),
                new Workers(jdbi),
                database::answers);
        return new WebServer(
                services, new WebSettings(config.secureCookies(), WebSettings.DEFAULTS.streamsMax()), clock);
    }

    private static URI listen(WebServer web, Config config) {
        try {
            web.start(config.port(), config.bind());
        } catch (RuntimeException e) {
            throw new ConfigException("The web server cannot listen on %s:%d (%s). Choose another port with --port."
                    .formatted(config.bind(), config.port(), e.getMessage()));
        }
        return URI.create("http://" + config.bind() + ":" + web.port());
    }

    private static SecretKey secretKey(Config config) {
        try {
            return SecretKey.loadOrCreate(config.secretKeyFile());
        } catch (IOException e) {
            throw new ConfigException("secretKey.file: " + config.secretKeyFile() + " cannot be read or made: " + e);
        }
    }

    /** Where browsers reach it, for example {@code http://127.0.0.1:8080}. */
    public URI uri() {
        return uri;
    }

    /** The password of the user admin, when this start made that user. */
    public Optional<String> firstPassword() {
        return firstPassword;
    }

    @Override
    public void close() {
        closing.close();
    }
}
