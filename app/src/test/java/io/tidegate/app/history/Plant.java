package io.tidegate.app.history;

import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.engine.NodeType;
import io.tidegate.migrations.Migrations;
import io.tidegate.sandbox.postgres.PostgresServer;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDocumentJson;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A workspace with nodes, most of them due every minute, and a user who meddles with their instances. */
final class Plant implements AutoCloseable {
    static final String CANARY = "canary-7f3a9c-secret";
    /** A parent: the node's own previous cycle. */
    static final String SELF = "self";

    static final String GROUP = "default_scheduling";
    static final String OTHER_GROUP = "other";

    private final HikariDataSource pool = new HikariDataSource();
    final Jdbi jdbi;
    private final InstanceActions actions;
    private final Workspaces workspaces;
    private final LiveNodes liveNodes;
    private final Audit audit;
    private final InstantSource past;
    private final UserId user;
    private final Workspace workspace;
    private final ZoneId zone;
    private final Minute cycle;
    private final List<History.Fire> fires = new ArrayList<>();
    private final Instant begun;

    /**
     * @param backlog for how long nodes have been due every minute, all of which is to be done at once
     * @param lasts for how long they go on to be
     */
    Plant(PostgresServer server, String url, SecretKey key, Duration backlog, Duration lasts) {
        pool.setJdbcUrl(url);
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(4);
        new Migrations(pool).migrate();
        jdbi = SchedulerDatabase.on(pool);
        InstantSource now = Clock.systemUTC();
        begun = now.instant().minus(backlog);
        past = () -> begun;
        // Noon, so that no day ends in the middle.
        int hour = now.instant().atOffset(ZoneOffset.UTC).getHour();
        zone = ZoneOffset.ofHours(12 - hour);
        LocalTime end = now.instant().plus(lasts).atZone(zone).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        cycle = new Minute(LocalTime.MIDNIGHT, 1, end);
        audit = new Audit(jdbi, now);
        actions = new InstanceActions(jdbi, audit, now);
        liveNodes = new LiveNodes(new PlanInstances(jdbi, past), past);
        workspaces = new Workspaces(jdbi, new RootNodes(liveNodes), audit, past);
        user = new UserId(number("""
                INSERT INTO user_account (name, password_hash, created_at) VALUES ('meddler', 'x', now()) RETURNING id"""));
        workspace = workspaces.create(new NewWorkspace("plant", WorkspaceMode.BASIC, zone), user);
        new DataSources(jdbi, key, audit, now)
                .create(
                        workspace.id(),
                        new NewDataSource(
                                "mc",
                                DataSourceType.MAXCOMPUTE,
                                "",
                                Map.of(
                                        Environment.PROD,
                                        new SideConfig.MaxCompute("http://127.0.0.1/api", "p", "id", CANARY, null))),
                        user);
        number(
                "INSERT INTO workflow (workspace_id, name, description, created_by, created_at) VALUES (%d, 'f', '', %d, now()) RETURNING id"
                        .formatted(workspace.id().value(), user.value()));
        number("UPDATE resource_group SET slots = 2 WHERE name = 'default_scheduling' RETURNING id");
        number(
                "INSERT INTO resource_group (name, kind, slots, description) VALUES ('other', 'SCHEDULING', 2, '') RETURNING id");
    }

    /** Six nodes that wait for each other, across cycles too, in two resource groups. */
    void deploySix() {
        String root = workspace.rootOutput();
        deploy("a", GROUP, everyMinute(WaitingRunner.MAY_FAIL), root);
        deploy("b", OTHER_GROUP, everyMinute(WaitingRunner.MAY_FAIL), "plant.a");
        deploy("c", GROUP, everyMinute(WaitingRunner.MAY_FAIL), "plant.a", "plant.b");
        deploy("d", OTHER_GROUP, everyMinute(WaitingRunner.MAY_FAIL), root, SELF);
        deploy("e", GROUP, everyMinute(WaitingRunner.MAY_FAIL), "plant.c", "plant.d");
        deploy("f", GROUP, everyMinute(WaitingRunner.MAY_FAIL).withMaxParallel(1), root);
    }

    NodeDocument everyMinute(String code) {
        return NodeDocument.of(code, cycle);
    }

    /**
     * @param parents outputs of nodes, or {@link #SELF} for its own previous cycle
     */
    NodeId deploy(String name, String group, NodeDocument of, String... parents) {
        long id = number("""
                INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
                SELECT %d, id, '%s', 'MAXCOMPUTE_SQL', false, %d, now() FROM workflow RETURNING id""".formatted(workspace.id().value(), name, user.value()));
        List<DependencyRef> dependencies = new ArrayList<>();
        for (String parent : parents) {
            dependencies.add(
                    parent.equals(SELF)
                            ? new DependencyRef("plant." + name, DependencyKind.PREVIOUS_CYCLE_SELF)
                            : DependencyRef.sameCycle(parent));
        }
        NodeDocument document = NodeDocumentJson.read(NodeDocumentJson.write(of.withDependencies(dependencies))
                .replace("\"" + GROUP + "\"", "\"" + group + "\""));
        long version = jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
                        VALUES (:node, 1, CAST(:document AS jsonb), '', :by, now()) RETURNING id""")
                .bind("node", id)
                .bind("document", NodeDocumentJson.write(document))
                .bind("by", user.value())
                .mapTo(Long.class)
                .one());
        Node node =
                new Node(new NodeId(id), workspace.id(), "f", name, NodeType.MAXCOMPUTE_SQL, false, "meddler", begun);
        NodeVersion committed =
                new NodeVersion(new NodeVersionId(version), node.id(), 1, document, "", "meddler", begun);
        jdbi.useTransaction(handle -> liveNodes.activate(handle, workspace, Environment.PROD, node, committed));
        document.schedule()
                .times(begun, begun.plus(Duration.ofHours(1)), zone)
                .forEach(time -> fires.add(new History.Fire("PROD", id, time.instant())));
        return node.id();
    }

    Workspace workspace() {
        return workspace;
    }

    ZoneId zone() {
        return zone;
    }

    UserId user() {
        return user;
    }

    Audit audit() {
        return audit;
    }

    /** Every time at which a node had to be due. */
    List<History.Fire> fires() {
        return List.copyOf(fires);
    }

    /** One thing that a user does to some instance; most are refused, as they should be. */
    void meddle(Random random) {
        try {
            List<Long> ids = jdbi.withHandle(handle -> handle.createQuery(
                            "SELECT id FROM instance WHERE state <> 'NOT_RUN' OR random() < 0.3 ORDER BY id")
                    .mapTo(Long.class)
                    .list());
            if (ids.isEmpty()) {
                return;
            }
            InstanceId id = new InstanceId(ids.get(random.nextInt(ids.size())));
            switch (random.nextInt(7)) {
                case 0 -> actions.stop(id, user);
                case 1 -> actions.rerun(id, user);
                case 2 -> actions.setSuccess(id, user);
                case 3 -> actions.freeze(id, user, "");
                case 4 -> actions.unfreeze(id, user, "");
                case 5 -> actions.changePriority(id, 1 + random.nextInt(8), user, "");
                default -> actions.rerunWithDescendants(id, null, user, false, "");
            }
        } catch (ConflictException e) {
            // Not in this situation.
        } catch (JdbiException e) {
            // PostgreSQL is away for a moment.
        }
    }

    /** As a user does who cleans up: nothing stays frozen, and what failed counts as done. */
    void cleanUp() {
        each("frozen", id -> actions.unfreeze(id, user, ""));
        each("state = 'FAILED'", id -> actions.setSuccess(id, user));
    }

    private void each(String condition, Consumer<InstanceId> action) {
        for (long id : jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM instance WHERE " + condition)
                .mapTo(Long.class)
                .list())) {
            try {
                action.accept(new InstanceId(id));
            } catch (ConflictException e) {
                // Somebody else was quicker.
            }
        }
    }

    /** How many instances that may start before then are not over. */
    long open(Instant until) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT count(*) FROM instance i
                        WHERE i.state NOT IN ('SUCCESS', 'FAILED') AND i.eligible_at <= :until
                          AND NOT (i.held AND i.attempts = 0 AND EXISTS (
                              SELECT 1 FROM backfill b
                              WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(b.id AS text)
                                AND b.state = 'CANCELLED'))""").bind("until", until).mapTo(Long.class).one());
    }

    /** Who does not end, and what could bring it forward. */
    String situation() {
        return jdbi.withHandle(handle -> {
            List<String> lines = new ArrayList<>();
            for (String sql : List.of(
                    "SELECT origin, state, held, frozen, eligible_at, attempts, count(*), min(id) FROM instance WHERE state NOT IN ('SUCCESS', 'FAILED') GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 5 LIMIT 60",
                    "SELECT instance_id, worker, lease_until, now() FROM attempt WHERE state = 'RUNNING'",
                    "SELECT id, state, settled FROM backfill",
                    "SELECT trigger_name, trigger_state, to_timestamp(next_fire_time / 1000) FROM qrtz_triggers",
                    "SELECT instance_name, to_timestamp(last_checkin_time / 1000) FROM qrtz_scheduler_state",
                    "SELECT pid, state, wait_event_type, now() - xact_start, left(query, 80) FROM pg_stat_activity WHERE xact_start IS NOT NULL")) {
                lines.add(sql);
                handle.createQuery(sql).mapToMap().forEach(row -> lines.add(row.toString()));
            }
            return String.join("\n", lines);
        });
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        pool.close();
    }
}
