package io.tidegate.bench.scale;

import io.tidegate.migrations.Migrations;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.deployment.LiveNodes;
import io.tidegate.scheduler.deployment.RootNodes;
import io.tidegate.scheduler.duty.PlanInstances;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDocumentJson;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import io.tidegate.scheduler.workspace.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A workspace with as many deployed nodes as wanted, written by a few statements instead of a hundred thousand commits. */
final class ManyNodes {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** Every tenth node hangs on the root, the nine after it on one another. */
    private static final int CHAIN = 10;

    private final Jdbi jdbi;
    private final Workspace workspace;
    private final UserId user;

    private ManyNodes(Jdbi jdbi, Workspace workspace, UserId user) {
        this.jdbi = jdbi;
        this.workspace = workspace;
        this.user = user;
    }

    /** Migrates an empty database and makes a workspace in it. */
    static ManyNodes in(ScaleDatabase database, InstantSource clock) {
        new Migrations(database.pool()).migrate();
        Jdbi jdbi = SchedulerDatabase.on(database.pool());
        UserId user = jdbi.withHandle(
                handle -> handle.createQuery("""
                        INSERT INTO user_account (name, password_hash, created_at) VALUES ('bench', 'x', now()) RETURNING id
                        """).mapTo(UserId.class).one());
        LiveNodes live = new LiveNodes(new PlanInstances(jdbi, clock), clock);
        Workspace workspace = new Workspaces(jdbi, new RootNodes(live), new Audit(jdbi, clock), clock)
                .create(new NewWorkspace("bench", WorkspaceMode.STANDARD, ZONE), user);
        return new ManyNodes(jdbi, workspace, user);
    }

    Jdbi jdbi() {
        return jdbi;
    }

    Workspace workspace() {
        return workspace;
    }

    /**
     * Deploys nodes that do nothing in PROD.
     *
     * @param chained whether nine of ten wait for the node before them; else all hang on the root
     * @param plannedUntil from when on they are to be planned
     */
    void deploy(int count, Cycle cycle, boolean chained, Instant plannedUntil) {
        NodeDocument document = NodeDocument.of("", cycle)
                .withParameters(List.of(
                        new ParameterAssignment("startTime", "$[yyyymmddhh24-1/24]0000"),
                        new ParameterAssignment("endTime", "$[yyyymmddhh24]0000"),
                        new ParameterAssignment("partition", "$[yyyymmdd-1/24]")));
        jdbi.useTransaction(handle -> handle.createUpdate("""
                        WITH flow AS (
                            INSERT INTO workflow (workspace_id, name, description, created_by, created_at)
                            VALUES (:workspace, 'many', '', :user, now()) RETURNING id
                        ), made AS (
                            INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
                            SELECT :workspace, flow.id, 'node_' || s, 'VIRTUAL', false, :user, now()
                            FROM flow, generate_series(0, :count - 1) AS s ORDER BY s
                            RETURNING id
                        ), versions AS (
                            INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
                            SELECT id, 1, CAST(:document AS jsonb), '', :user, now() FROM made ORDER BY id
                            RETURNING id, node_id
                        ), live AS (
                            INSERT INTO deployed_node (environment, node_id, node_version_id, deployed_at, planned_until)
                            SELECT 'PROD', node_id, id, now(), :until FROM versions ORDER BY node_id
                        )
                        INSERT INTO deployed_dependency (environment, child_node_id, parent_node_id, kind)
                        SELECT 'PROD', id,
                               CASE WHEN :chained AND (row_number() OVER (ORDER BY id) - 1) % :chain <> 0
                                    THEN lag(id) OVER (ORDER BY id)
                                    ELSE (SELECT id FROM node WHERE workspace_id = :workspace AND is_root) END,
                               'SAME_CYCLE'
                        FROM made
                        """)
                .bind("workspace", workspace.id().value())
                .bind("user", user.value())
                .bind("count", count)
                .bind("document", NodeDocumentJson.write(document))
                .bind("until", plannedUntil)
                .bind("chained", chained)
                .bind("chain", CHAIN)
                .execute());
        // What autovacuum would do in the hours between a deployment and midnight.
        jdbi.useHandle(handle -> handle.execute("ANALYZE"));
    }
}
