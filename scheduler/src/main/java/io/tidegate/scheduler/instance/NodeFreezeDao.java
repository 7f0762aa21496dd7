package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Nodes that are held back in an environment. */
@RegisterConstructorMapper(NodeFreezeDao.Live.class)
@RegisterConstructorMapper(SeenInstance.class)
interface NodeFreezeDao {
    // Before the instances, as the planner takes them.
    @SqlQuery("""
            SELECT n.name, n.workspace_id, n.is_root AS root, d.node_id IS NOT NULL AS live, d.frozen_by, d.frozen_at
            FROM node n LEFT JOIN deployed_node d ON d.node_id = n.id AND d.environment = :environment
            WHERE n.id = :node
            """)
    Optional<Live> find(Environment environment, NodeId node);

    @SqlQuery("SELECT node_id FROM deployed_node WHERE environment = :environment AND node_id = :node FOR UPDATE")
    Optional<NodeId> lock(Environment environment, NodeId node);

    @SqlUpdate("""
            UPDATE deployed_node SET frozen_by = :by, frozen_at = :now, frozen_reason = :reason
            WHERE environment = :environment AND node_id = :node
            """)
    void freeze(Environment environment, NodeId node, String by, Instant now, String reason);

    @SqlUpdate("""
            UPDATE deployed_node SET frozen_by = NULL, frozen_at = NULL, frozen_reason = NULL
            WHERE environment = :environment AND node_id = :node
            """)
    void unfreeze(Environment environment, NodeId node);

    // Of the node, only what is no older than the oldest that waits in its workspace is looked at, by the unique key.
    // The state
    // is compared as an expression, or all that waits may be read by its own index instead.
    @SqlQuery("""
            SELECT id, state, state_version AS version FROM instance
            WHERE environment = :environment AND node_id = :node AND origin IN ('CYCLE', 'BACKFILL') AND NOT frozen
              AND coalesce(state, '') IN ('NOT_RUN', 'WAIT_TIME', 'WAIT_RESOURCE')
              AND scheduled_time >= (
                  SELECT min(oldest.scheduled_time)
                  FROM node n
                  CROSS JOIN (VALUES ('NOT_RUN'), ('WAIT_TIME'), ('WAIT_RESOURCE')) AS waiting (state)
                  CROSS JOIN LATERAL (
                      SELECT w.scheduled_time FROM instance w
                      WHERE w.workspace_id = n.workspace_id AND w.environment = :environment AND w.state = waiting.state
                      ORDER BY w.scheduled_time
                      LIMIT 1) oldest
                  WHERE n.id = :node)
            ORDER BY id
            FOR UPDATE
            """)
    List<SeenInstance> lockWaiting(Environment environment, NodeId node);

    @SqlQuery("""
            SELECT id, state, state_version AS version FROM instance
            WHERE environment = :environment AND node_id = :node AND origin IN ('CYCLE', 'BACKFILL')
              AND frozen AND frozen_with_node
            ORDER BY id
            FOR UPDATE
            """)
    List<SeenInstance> lockFrozenWithNode(Environment environment, NodeId node);

    /** A node, and whether it is deployed and frozen. */
    record Live(
            String name,
            WorkspaceId workspaceId,
            boolean root,
            boolean live,
            @Nullable String frozenBy,
            @Nullable Instant frozenAt) {}
}
