package io.tidegate.scheduler.duty;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** What is deployed, and how far it is planned. */
@RegisterConstructorMapper(PlanDao.ScheduledWorkspace.class)
@RegisterConstructorMapper(PlanDao.Behind.class)
interface PlanDao {
    @SqlQuery("SELECT id, time_zone AS zone, catch_up FROM workspace WHERE periodic_scheduling ORDER BY id")
    List<ScheduledWorkspace> scheduledWorkspaces();

    @SqlQuery("""
            SELECT d.node_id FROM deployed_node d JOIN node n ON n.id = d.node_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND d.planned_until < :horizon
              AND d.node_id > :after
            ORDER BY d.node_id
            LIMIT :limit
            """)
    List<NodeId> behind(WorkspaceId workspace, Instant horizon, long after, int limit);

    // One planner at a time writes: a parent and its child planned side by side would not see each other and lose the
    // edge
    // between them.
    @SqlQuery("SELECT count(*) FROM (SELECT pg_advisory_xact_lock(:key)) AS held")
    int waitForTurn(long key);

    @SqlQuery("""
            SELECT d.environment, n.workspace_id, d.node_id, n.workflow_id, n.name, n.type, d.node_version_id, v.document,
                   d.planned_until
            FROM deployed_node d JOIN node n ON n.id = d.node_id JOIN node_version v ON v.id = d.node_version_id
            WHERE d.environment = 'PROD' AND d.node_id = ANY(:nodes) AND d.planned_until < :horizon
            ORDER BY d.node_id
            FOR UPDATE OF d SKIP LOCKED
            """)
    List<Behind> lockBehind(long[] nodes, Instant horizon);

    @SqlUpdate("""
            UPDATE deployed_node d SET planned_until = :to
            FROM unnest(:nodes, :versions) AS e (node, version)
            WHERE d.environment = 'PROD' AND d.node_id = e.node AND d.node_version_id = e.version
              AND d.planned_until = :from
            """)
    int advance(long[] nodes, long[] versions, Instant from, Instant to);

    @SqlUpdate("""
            DELETE FROM instance
            WHERE environment = :environment AND node_id = :node AND origin = 'CYCLE' AND scheduled_time >= :from
              AND attempts = 0 AND state IN ('NOT_RUN', 'WAIT_TIME', 'WAIT_RESOURCE')
              -- One that a user froze is kept, or a deployment would let run what somebody holds back.
              AND (frozen_by IS NULL OR frozen_with_node)
            """)
    int removeUnstarted(Environment environment, NodeId node, Instant from);

    /** A workspace whose calendar is on. */
    record ScheduledWorkspace(WorkspaceId id, ZoneId zone, CatchUp catchUp) {}

    /** A deployed node that is planned up to, and without, {@code plannedUntil}. */
    record Behind(
            Environment environment,
            WorkspaceId workspaceId,
            NodeId nodeId,
            @Nullable WorkflowId workflowId,
            String name,
            NodeType type,
            NodeVersionId nodeVersionId,
            NodeDocument document,
            Instant plannedUntil) {
        RunnableNode node(ZoneId zone) {
            return new RunnableNode(
                    environment, workspaceId, nodeId, workflowId, name, type, nodeVersionId, document, zone);
        }
    }
}
