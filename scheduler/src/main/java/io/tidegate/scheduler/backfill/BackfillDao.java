package io.tidegate.scheduler.backfill;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Backfills. */
@RegisterConstructorMapper(BackfillDao.Row.class)
@RegisterConstructorMapper(BackfillDao.Deployed.class)
@RegisterConstructorMapper(BackfillDao.StateCount.class)
@RegisterConstructorMapper(Backfill.BackfilledNode.class)
interface BackfillDao {
    @SqlQuery("SELECT name, time_zone AS zone FROM workspace WHERE id = :id")
    @RegisterConstructorMapper(Place.class)
    Optional<Place> place(WorkspaceId id);

    @SqlQuery("SELECT name FROM user_account WHERE id = :id")
    Optional<String> userName(UserId id);

    @SqlQuery("""
            SELECT d.environment, n.workspace_id, d.node_id, n.workflow_id, n.name, n.type, d.node_version_id, v.document
            FROM deployed_node d JOIN node n ON n.id = d.node_id JOIN node_version v ON v.id = d.node_version_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND d.node_id = ANY(:nodes)
            ORDER BY d.node_id
            """)
    List<Deployed> deployed(WorkspaceId workspace, long[] nodes);

    @SqlUpdate("""
            INSERT INTO backfill (workspace_id, name, node_ids, from_local, to_local, zone, created_by, created_at)
            VALUES (:workspace, :name, :nodes, :from, :to, :zone, :by, :now)
            """)
    @GetGeneratedKeys("id")
    BackfillId insert(
            WorkspaceId workspace,
            String name,
            long[] nodes,
            LocalDateTime from,
            LocalDateTime to,
            String zone,
            String by,
            Instant now);

    @SqlQuery("""
            SELECT b.id, b.workspace_id, w.name AS workspace, b.name, b.from_local, b.to_local, b.zone, b.created_by,
                   b.created_at
            FROM backfill b JOIN workspace w ON w.id = b.workspace_id
            WHERE b.id = :id
            """)
    Optional<Row> find(BackfillId id);

    @SqlQuery("""
            SELECT b.id, b.workspace_id, w.name AS workspace, b.name, b.from_local, b.to_local, b.zone, b.created_by,
                   b.created_at
            FROM backfill b JOIN workspace w ON w.id = b.workspace_id
            WHERE b.workspace_id = :workspace AND (CAST(:before AS bigint) IS NULL OR b.id < CAST(:before AS bigint))
            ORDER BY b.id DESC
            LIMIT :limit
            """)
    List<Row> page(WorkspaceId workspace, @Nullable Long before, int limit);

    @SqlQuery("""
            SELECT n.id, n.name FROM backfill b JOIN node n ON n.id = ANY(b.node_ids)
            WHERE b.id = :id ORDER BY n.name
            """)
    List<Backfill.BackfilledNode> nodes(BackfillId id);

    @SqlQuery("""
            SELECT state, count(*) AS count FROM instance
            WHERE origin = 'BACKFILL' AND origin_key = CAST(:id AS text)
            GROUP BY state
            """)
    List<StateCount> counts(BackfillId id);

    /** Where a backfill happens. */
    record Place(String name, ZoneId zone) {}

    record Row(
            BackfillId id,
            WorkspaceId workspaceId,
            String workspace,
            String name,
            LocalDateTime fromLocal,
            LocalDateTime toLocal,
            ZoneId zone,
            String createdBy,
            Instant createdAt) {}

    record StateCount(InstanceState state, int count) {}

    /** A deployed node. */
    record Deployed(
            Environment environment,
            WorkspaceId workspaceId,
            NodeId nodeId,
            @Nullable WorkflowId workflowId,
            String name,
            NodeType type,
            NodeVersionId nodeVersionId,
            NodeDocument document) {
        RunnableNode node(ZoneId zone) {
            return new RunnableNode(
                    environment, workspaceId, nodeId, workflowId, name, type, nodeVersionId, document, zone);
        }
    }
}
