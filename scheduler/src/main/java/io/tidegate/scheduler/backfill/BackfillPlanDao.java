package io.tidegate.scheduler.backfill;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What a plan is made from: the live graph of PROD, and what has run. */
@RegisterConstructorMapper(BackfillPlanDao.Place.class)
@RegisterConstructorMapper(BackfillPlanDao.Deployed.class)
@RegisterConstructorMapper(BackfillPlanDao.Outside.class)
@RegisterConstructorMapper(BackfillPlanDao.Past.class)
@RegisterConstructorMapper(BackfillPlanDao.DoneDate.class)
interface BackfillPlanDao {
    @SqlQuery("SELECT name, time_zone AS zone FROM workspace WHERE id = :id")
    Optional<Place> place(WorkspaceId id);

    @SqlQuery("""
            SELECT d.environment, n.workspace_id, d.node_id, n.workflow_id, n.name, n.type, d.node_version_id, v.document
            FROM deployed_node d JOIN node n ON n.id = d.node_id JOIN node_version v ON v.id = d.node_version_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND d.node_id = ANY(:nodes)
            ORDER BY d.node_id
            """)
    List<Deployed> deployed(WorkspaceId workspace, long[] nodes);

    /** The nodes themselves, and all that wait for them, in whatever workspace. */
    @SqlQuery("""
            WITH RECURSIVE below (id) AS (
                SELECT unnest(:nodes)
                UNION
                SELECT d.child_node_id FROM deployed_dependency d JOIN below b ON b.id = d.parent_node_id
                WHERE d.environment = 'PROD' AND d.kind = 'SAME_CYCLE'
            )
            SELECT id FROM below LIMIT :limit
            """)
    List<Long> withDescendants(long[] nodes, int limit);

    /** The nodes themselves, and all that they wait for. */
    @SqlQuery("""
            WITH RECURSIVE above (id) AS (
                SELECT unnest(:nodes)
                UNION
                SELECT d.parent_node_id FROM deployed_dependency d JOIN above a ON a.id = d.child_node_id
                WHERE d.environment = 'PROD' AND d.kind = 'SAME_CYCLE'
            )
            SELECT id FROM above LIMIT :limit
            """)
    List<Long> withAncestors(long[] nodes, int limit);

    @SqlQuery("""
            SELECT n.id FROM deployed_node d JOIN node n ON n.id = d.node_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND n.id = ANY(:nodes)
            """)
    List<Long> inWorkspace(WorkspaceId workspace, long[] nodes);

    /** Parents that are not among the nodes. */
    @SqlQuery("""
            SELECT c.id AS child, c.name AS child_name, p.id AS parent, p.name AS parent_name
            FROM deployed_dependency d JOIN node c ON c.id = d.child_node_id JOIN node p ON p.id = d.parent_node_id
            WHERE d.environment = 'PROD' AND d.kind = 'SAME_CYCLE' AND d.child_node_id = ANY(:nodes)
              AND NOT d.parent_node_id = ANY(:nodes) AND NOT p.is_root
            ORDER BY c.name, p.name
            LIMIT :limit
            """)
    List<Outside> parentsOutside(long[] nodes, int limit);

    // A dry run counts as done only where the node does not work on that day.
    @SqlQuery("""
            SELECT node_id, scheduled_time,
                   bool_or(state = 'SUCCESS' AND (NOT dry_run OR dry_run_reason = 'NOT_A_CHOSEN_DAY')) AS succeeded,
                   bool_or(state NOT IN ('SUCCESS', 'FAILED')) AS unfinished,
                   (array_agg(state ORDER BY id DESC))[1] = 'FAILED' AS failed
            FROM instance
            WHERE environment = 'PROD' AND node_id = ANY(:nodes) AND origin IN ('CYCLE', 'BACKFILL')
              AND scheduled_time >= :from AND scheduled_time <= :to AND dry_run_reason IS DISTINCT FROM 'EXCLUDED'
            GROUP BY node_id, scheduled_time
            """)
    List<Past> past(long[] nodes, Instant from, Instant to);

    @SqlQuery("""
            SELECT node_id, business_date
            FROM instance
            WHERE environment = 'PROD' AND node_id = ANY(:nodes) AND origin IN ('CYCLE', 'BACKFILL')
              AND scheduled_time >= :from AND scheduled_time <= :to
            GROUP BY node_id, business_date
            HAVING bool_or(state = 'SUCCESS' AND (NOT dry_run OR dry_run_reason = 'NOT_A_CHOSEN_DAY'))
            """)
    List<DoneDate> doneDates(long[] nodes, Instant from, Instant to);

    /** Where a backfill happens. */
    record Place(String name, ZoneId zone) {}

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
        RunnableNode node(NodeDocument withParameters, ZoneId zone) {
            return new RunnableNode(
                    environment, workspaceId, nodeId, workflowId, name, type, nodeVersionId, withParameters, zone);
        }
    }

    record Outside(NodeId child, String childName, NodeId parent, String parentName) {}

    /** What became of a scheduled time, over all its instances. */
    record Past(NodeId nodeId, Instant scheduledTime, boolean succeeded, boolean unfinished, boolean failed) {}

    record DoneDate(NodeId nodeId, LocalDate businessDate) {}
}
