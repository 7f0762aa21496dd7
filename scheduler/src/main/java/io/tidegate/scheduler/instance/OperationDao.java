package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What operations read and write besides states. Every write names the version that the move before it made. */
@RegisterConstructorMapper(OperationDao.Locked.class)
@RegisterConstructorMapper(OperationDao.Parent.class)
@RegisterConstructorMapper(OperationDao.Edge.class)
@RegisterConstructorMapper(Descendant.class)
interface OperationDao {
    @SqlQuery("""
            SELECT i.id, i.workspace_id, i.state, i.state_version AS version, i.frozen, i.dry_run, i.priority,
                   n.name AS node, v.document -> 'rerun' AS rerun,
                   EXISTS (SELECT 1 FROM instance_dependency d WHERE d.parent_id = i.id) AS has_children
            FROM instance i JOIN node n ON n.id = i.node_id JOIN node_version v ON v.id = i.node_version_id
            WHERE i.id = ANY(:ids)
            ORDER BY array_position(CAST(:ids AS bigint[]), i.id)
            FOR UPDATE OF i
            """)
    List<Locked> lock(long[] ids);

    @SqlQuery("""
            SELECT v.document #>> '{rerun,property}'
            FROM instance i JOIN node_version v ON v.id = i.node_version_id WHERE i.id = :id
            """)
    RerunProperty rerunProperty(InstanceId id);

    @SqlUpdate("""
            UPDATE instance i
            SET frozen = true, frozen_by = :by, frozen_at = :now, frozen_reason = :reason, frozen_with_node = :withNode
            FROM unnest(:ids, :versions) AS s (id, version)
            WHERE i.id = s.id AND i.state_version = s.version AND NOT i.frozen
            """)
    int freeze(long[] ids, long[] versions, String by, Instant now, String reason, boolean withNode);

    @SqlUpdate("""
            UPDATE instance i
            SET frozen = false, frozen_by = NULL, frozen_at = NULL, frozen_reason = NULL, frozen_with_node = false
            FROM unnest(:ids, :versions) AS s (id, version)
            WHERE i.id = s.id AND i.state_version = s.version AND i.frozen
            """)
    int unfreeze(long[] ids, long[] versions);

    @SqlUpdate("UPDATE instance SET priority = :priority WHERE id = :id AND state_version = :version")
    int setPriority(InstanceId id, long version, int priority);

    // One that its backfill holds is the user's from now on, as a rerun is.
    @SqlUpdate("""
            UPDATE instance
            SET eligible_at = :now, generation = generation + CAST(held AS integer), held = false
            WHERE id = :id AND state_version = :version
            """)
    int becomeEligible(InstanceId id, long version, Instant now);

    @SqlQuery("""
            SELECT p.id, p.node_id, n.name AS node, p.state, p.scheduled_time, p.scheduled_local
            FROM instance_dependency d JOIN instance p ON p.id = d.parent_id JOIN node n ON n.id = p.node_id
            WHERE d.child_id = :child AND d.parent_id = :parent
            """)
    Optional<Parent> parent(InstanceId child, InstanceId parent);

    @SqlUpdate("DELETE FROM instance_dependency WHERE child_id = :child AND parent_id = :parent")
    int removeEdge(InstanceId child, InstanceId parent);

    /**
     * Lets an instance go without the parent nodes that have no instance for it and get none, because periodic scheduling of
     * their workspaces is off.
     *
     * @return the names of these nodes
     */
    @SqlQuery("""
            WITH released AS (
                INSERT INTO instance_dependency_removal (child_id, parent_node_id, parent_scheduled_time, removed_by, removed_at)
                SELECT DISTINCT i.id, dd.parent_node_id, CAST('-infinity' AS timestamptz), :by, CAST(:now AS timestamptz)
                FROM instance i
                JOIN deployed_dependency dd ON dd.environment = i.environment AND dd.child_node_id = i.node_id
                JOIN deployed_node dn ON dn.environment = dd.environment AND dn.node_id = dd.parent_node_id
                JOIN node n ON n.id = dn.node_id
                JOIN workspace w ON w.id = n.workspace_id
                WHERE i.id = :id AND i.origin = 'CYCLE' AND dd.parent_node_id <> i.node_id
                  AND dn.planned_until <= i.scheduled_time AND NOT w.periodic_scheduling
                ON CONFLICT DO NOTHING
                RETURNING parent_node_id
            )
            SELECT n.name FROM released r JOIN node n ON n.id = r.parent_node_id ORDER BY n.name
            """)
    List<String> releaseFromUnscheduledParents(InstanceId id, String by, Instant now);

    @SqlUpdate("""
            INSERT INTO instance_dependency_removal (
                child_id, parent_node_id, parent_scheduled_time, removed_by, removed_at)
            VALUES (:child, :parentNode, :parentTime, :by, :now)
            ON CONFLICT DO NOTHING
            """)
    void noteRemoval(InstanceId child, NodeId parentNode, Instant parentTime, String by, Instant now);

    @SqlQuery("""
            WITH RECURSIVE below (id) AS (
                SELECT child_id FROM instance_dependency WHERE parent_id = :id
                UNION
                SELECT d.child_id FROM below b JOIN instance_dependency d ON d.parent_id = b.id
            )
            SELECT id FROM below LIMIT :limit
            """)
    List<Long> below(InstanceId id, int limit);

    @SqlQuery("""
            SELECT i.id, n.name AS node_name, w.name AS workspace, i.scheduled_local, i.state, i.frozen,
                   v.document #>> '{rerun,property}' AS rerun
            FROM instance i
            JOIN node n ON n.id = i.node_id
            JOIN workspace w ON w.id = i.workspace_id
            JOIN node_version v ON v.id = i.node_version_id
            WHERE i.id = ANY(:ids)
            ORDER BY i.scheduled_time, i.id
            """)
    List<Descendant> descendants(long[] ids);

    @SqlQuery("""
            SELECT parent_id AS parent, child_id AS child FROM instance_dependency
            WHERE parent_id = ANY(:ids) AND child_id = ANY(:ids)
            """)
    List<Edge> edgesAmong(long[] ids);

    @SqlQuery("SELECT id FROM instance WHERE workspace_id = :workspace AND id = ANY(:ids)")
    List<Long> inWorkspace(WorkspaceId workspace, long[] ids);

    /** An instance that nobody else moves until the transaction ends. */
    record Locked(
            InstanceId id,
            WorkspaceId workspaceId,
            InstanceState state,
            long version,
            boolean frozen,
            boolean dryRun,
            int priority,
            String node,
            @Json RerunPolicy rerun,
            boolean hasChildren) {
        SeenInstance seen() {
            return new SeenInstance(id, state, version);
        }
    }

    record Parent(
            InstanceId id,
            NodeId nodeId,
            String node,
            InstanceState state,
            Instant scheduledTime,
            LocalDateTime scheduledLocal) {}

    record Edge(long parent, long child) {}
}
